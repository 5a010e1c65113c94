using System.Runtime.InteropServices;
using System.Text;

namespace Dojo.Pci.Tokenization;

/// <summary>What kind of thing a path leads to.</summary>
internal enum FileKind
{
    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A device, a pipe or a socket.</summary>
    Other,
}

/// <summary>Which file it is, no matter what it is called: two paths lead to one file when these are equal.</summary>
/// <param name="DeviceMajor">The device, first half.</param>
/// <param name="DeviceMinor">The device, second half.</param>
/// <param name="Inode">The file on that device.</param>
internal readonly record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode);

/// <summary>
/// What the system says of a file. .NET tells neither owner, links nor identity, so Linux is asked itself (statx, whose layout is the same
/// on all processors). Elsewhere .NET's answer is completed with what harms nobody: the file belongs to this process, has one name, and
/// is the same as any other.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">The permissions.</param>
/// <param name="Owner">The number of the user it belongs to.</param>
/// <param name="Group">The number of the group it belongs to.</param>
/// <param name="Links">How many names it has.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Identity">Which file it is.</param>
internal readonly record struct FileStatus(FileKind Kind, UnixFileMode Mode, uint Owner, uint Group, uint Links, long Length, FileIdentity Identity)
{
    private const int FromWorkingDirectory = -100; // AT_FDCWD
    private const int DoNotFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint BasicFields = 0x7ff; // STATX_BASIC_STATS
    private const int KindBits = 0xf000;
    private const int ModeBits = 0xfff;

    /// <summary>The status of what a path leads to; null when there is nothing, or it cannot be reached.</summary>
    public static FileStatus? Of(string path) => OperatingSystem.IsLinux() ? Ask(Encode(path), 0) : Portable(path, follow: true);

    /// <summary>The same for a path that <see cref="Encode"/> has made ready. Allocates nothing: about a microsecond.</summary>
    public static FileStatus? Of(byte[] path) => OperatingSystem.IsLinux() ? Ask(path, 0) : Portable(Encoding.UTF8.GetString(path.AsSpan()[..^1]), follow: true);

    /// <summary>The status of a path itself, also where it is a link.</summary>
    public static FileStatus? OfLink(string path) => OperatingSystem.IsLinux() ? Ask(Encode(path), DoNotFollow) : Portable(path, follow: false);

    /// <summary>A path as the system takes it.</summary>
    public static byte[] Encode(string path) => [.. Encoding.UTF8.GetBytes(path), 0];

    private static FileStatus? Ask(byte[] path, int flags) =>
        statx(FromWorkingDirectory, path, flags, BasicFields, out var answer) == 0
            ? new FileStatus(
                KindOf(answer.Mode & KindBits),
                (UnixFileMode)(answer.Mode & ModeBits),
                answer.Owner,
                answer.Group,
                answer.Links,
                (long)answer.Size,
                new FileIdentity(answer.DeviceMajor, answer.DeviceMinor, answer.Inode))
            : null;

    private static FileKind KindOf(int bits) => bits switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Directory,
        0xa000 => FileKind.Link,
        _ => FileKind.Other,
    };

    private static FileStatus? Portable(string path, bool follow)
    {
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        var target = follow && info.LinkTarget is not null ? info.ResolveLinkTarget(returnFinalTarget: true) : info;
        if (target is not { Exists: true })
        {
            return null;
        }

        var kind = target.LinkTarget is not null ? FileKind.Link : target is DirectoryInfo ? FileKind.Directory : FileKind.Regular;
        var mode = OperatingSystem.IsWindows() ? UnixFileMode.None : target.UnixFileMode;
        return new FileStatus(kind, mode, ProcessUser.Current.Id, 0, 1, target is FileInfo file ? file.Length : 0, default);
    }

    // IDE1006 wants a capital: the runtime looks the function up in libc under exactly this name, and EntryPoint would only say it twice.
    // A byte array is passed as it is, so that the path need not be valid UTF-16.
#pragma warning disable IDE1006
    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int directory, byte[] path, int flags, uint mask, out Answer answer);
#pragma warning restore IDE1006

    /// <summary>The system's <c>struct statx</c>, as far as it is read.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Answer
    {
        [FieldOffset(16)]
        public uint Links;

        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
