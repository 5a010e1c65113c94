using System.Runtime.InteropServices;

namespace Dojo.Pci.Tokenization;

/// <summary>The user that a process runs as, by the system's numbers; on Windows, 0 and no groups.</summary>
/// <param name="Id">The number of the user.</param>
/// <param name="Groups">The numbers of the user's groups; known only on Linux.</param>
internal sealed record ProcessUser(uint Id, IReadOnlyCollection<uint> Groups)
{
    /// <summary>The number of the root user.</summary>
    public const uint Root = 0;

    /// <summary>The user of this process.</summary>
    public static ProcessUser Current { get; } = OperatingSystem.IsWindows()
        ? new ProcessUser(Root, [])
        : new ProcessUser(GetEffectiveUser(), OperatingSystem.IsLinux() ? ReadGroups() : []);

    /// <summary>
    /// Checks whether this process may use files of other owners through a group: Kubernetes assigns such a group with the
    /// <c>fsGroup</c> of a pod. Root needs no group for that.
    /// </summary>
    public bool WorksThrough(uint group) => Id != Root && Groups.Contains(group);

    private static uint[] ReadGroups()
    {
        var groups = new uint[Math.Max(0, GetGroups(0, []))];
        var count = GetGroups(groups.Length, groups);
        return [GetEffectiveGroup(), .. groups.Take(Math.Max(0, count))];
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveUser();

    [DllImport("libc", EntryPoint = "getegid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveGroup();

    [DllImport("libc", EntryPoint = "getgroups")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetGroups(int size, [In, Out] uint[] groups);
}
