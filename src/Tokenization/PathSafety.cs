namespace Dojo.Pci.Tokenization;

/// <summary>
/// Checks which users can access or replace a file: the file that a path really leads to, every link on the way, and every directory that
/// contains one of them (PCI DSS 3.6.1, 7.2). Each fault is a sentence that names the path to fix and, if one command is enough, the command.
/// </summary>
/// <remarks>
/// Only the user of this process and root are trusted. A directory in which others may write is accepted if it is sticky, as <c>/tmp</c>
/// is: there, users cannot replace files of other users. A secret that Kubernetes mounts passes: its links belong to root, their
/// directory is sticky, and the file, which root owns, may be read by a group of this process (<c>fsGroup</c>).
/// </remarks>
public sealed class PathSafety
{
    private const UnixFileMode AnyOfGroup = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    private const UnixFileMode AnyOfOthers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly ProcessUser _user;

    internal PathSafety(ProcessUser user) => _user = user;

    /// <summary>Checks access for the user of this process.</summary>
    public static PathSafety ForThisProcess { get; } = new(ProcessUser.Current);

    /// <summary>
    /// Returns the faults of a file that holds a secret, regardless of the way to it: it is not a regular file, users other than its owner can access it, or
    /// it is executable.
    /// </summary>
    /// <param name="what">What the file is, as the beginning of a sentence: <c>The root key</c>.</param>
    /// <param name="path">Its path. A file that does not exist has no faults.</param>
    public IReadOnlyList<string> FaultsOfSecret(string what, string path)
    {
        if (FileStatus.Of(path) is not { } file)
        {
            return [];
        }

        if (file.Kind != FileKind.Regular)
        {
            return [$"{what} {path} is not a regular file."];
        }

        // Root gives a service access to a root-owned file through the service's group. A file that the service owns needs no group.
        var forReading = file.Owner == ProcessUser.Root && _user.WorksThrough(file.Group) ? UnixFileMode.GroupRead : UnixFileMode.None;
        return (file.Mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | forReading)) == UnixFileMode.None
            ? []
            : [$"{what} {path} is accessible to users other than its owner, or executable. Fix it with: chmod 0400 {path}"];
    }

    /// <summary>Returns the faults of the location of a file that holds a secret: its owner, other names of the file, and the way to it.</summary>
    /// <param name="what">What the file is, as the beginning of a sentence.</param>
    /// <param name="path">Its path. The directories are checked even if the file does not exist.</param>
    public IReadOnlyList<string> FaultsOfSecretPlace(string what, string path) =>
        [.. FaultsOfWay(what, path, groupMayWrite: false), .. FileStatus.Of(path) is { } file ? FaultsOfOwnership(what, path, file) : []];

    /// <summary>Returns the faults of a data directory: access by others, its owner, and the way to it.</summary>
    /// <param name="what">What the directory is, as the beginning of a sentence.</param>
    /// <param name="path">Its path. The directories above it are checked even if it does not exist.</param>
    public IReadOnlyList<string> FaultsOfDataDirectory(string what, string path)
    {
        var faults = FaultsOfWay(what, path, groupMayWrite: true).ToList();
        if (FileStatus.Of(path) is not { } directory)
        {
            return faults;
        }

        if (directory.Kind != FileKind.Directory)
        {
            return [.. faults, $"{what} {path} is not a directory."];
        }

        if (!IsTrusted(directory.Owner))
        {
            faults.Add(AnothersOwn(what, path, directory));
        }

        if ((directory.Mode & AnyOfOthers) != UnixFileMode.None)
        {
            faults.Add($"{what} {path} is accessible to every user of the machine. Fix it with: chmod 0700 {path}");
        }
        else if (directory.Mode.HasFlag(UnixFileMode.GroupWrite) && !_user.WorksThrough(directory.Group))
        {
            faults.Add($"{what} {path} is writable by others. Fix it with: chmod 0700 {path}");
        }

        return faults;
    }

    /// <summary>Returns the faults of a data file: its type, its owner, other names of the file, and access by others.</summary>
    /// <param name="what">What the file is, as the beginning of a sentence.</param>
    /// <param name="path">Its path. A file that does not exist has no faults.</param>
    public IReadOnlyList<string> FaultsOfData(string what, string path)
    {
        if (FileStatus.Of(path) is not { } file)
        {
            return [];
        }

        if (file.Kind != FileKind.Regular)
        {
            return [$"{what} {path} is not a regular file."];
        }

        // Kubernetes gives all files of a volume that it mounts with an fsGroup to that group, again at each mount.
        var through = _user.WorksThrough(file.Group) ? AnyOfGroup : UnixFileMode.None;
        var open = file.Mode & (AnyOfGroup | AnyOfOthers) & ~through;
        var reached = (open & AnyOfOthers) != UnixFileMode.None ? "every user of the machine" : "users other than its owner";
        return
        [
            .. FaultsOfOwnership(what, path, file),
            .. open == UnixFileMode.None ? Array.Empty<string>() : [$"{what} {path} is accessible to {reached}. Fix it with: chmod 0600 {path}"],
        ];
    }

    private IEnumerable<string> FaultsOfOwnership(string what, string path, FileStatus file)
    {
        if (!IsTrusted(file.Owner))
        {
            yield return AnothersOwn(what, path, file);
        }

        if (file.Kind == FileKind.Regular && file.Links > 1)
        {
            yield return $"{what} {path} has {file.Links} names (hard links), and others may be able to reach one of them. Put a copy in its place that has only this name.";
        }
    }

    // Checks every directory and link on the way, but not the end itself.
    private IEnumerable<string> FaultsOfWay(string what, string path, bool groupMayWrite)
    {
        foreach (var (place, status) in PathWalk.Of(path))
        {
            if (!IsTrusted(status.Owner))
            {
                yield return $"{place}, on the way to {Lower(what)}, belongs to another user (number {status.Owner}), who could put something else in its place. Fix it with: chown -h root {place}";
            }

            var others = status.Mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
            if (groupMayWrite && _user.WorksThrough(status.Group))
            {
                others &= ~UnixFileMode.GroupWrite;
            }

            if (status.Kind == FileKind.Directory && others != UnixFileMode.None && !status.Mode.HasFlag(UnixFileMode.StickyBit))
            {
                yield return $"{place}, on the way to {Lower(what)}, is writable by others, who could put something else in its place. Fix it with: chmod go-w {place}";
            }
        }
    }

    private bool IsTrusted(uint owner) => owner == ProcessUser.Root || owner == _user.Id;

    private string AnothersOwn(string what, string path, FileStatus file) =>
        $"{what} {path} belongs to another user (number {file.Owner}), not to the service's (number {_user.Id}) or root. Fix it with: chown {_user.Id} {path}";

    private static string Lower(string what) => what.StartsWith("The ", StringComparison.Ordinal) ? $"the {what[4..]}" : what;
}
