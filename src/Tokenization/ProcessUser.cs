using System.Runtime.InteropServices;

namespace Dojo.Pci.Tokenization;

/// <summary>Whom a process runs as, by the system's numbers. Where the system has none, 0 and no groups.</summary>
/// <param name="Id">The user.</param>
/// <param name="Groups">The user's groups.</param>
internal sealed record ProcessUser(uint Id, IReadOnlyCollection<uint> Groups)
{
    /// <summary>The number of the administrator.</summary>
    public const uint Root = 0;

    /// <summary>This process.</summary>
    public static ProcessUser Current { get; } = OperatingSystem.IsWindows()
        ? new ProcessUser(Root, [])
        : new ProcessUser(GetEffectiveUser(), OperatingSystem.IsLinux() ? ReadGroups() : []);

    /// <summary>
    /// Whether a group was given to this process so that it may work with files that are not its own: Kubernetes does so with the
    /// <c>fsGroup</c> of a pod. The administrator needs no group for that.
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
