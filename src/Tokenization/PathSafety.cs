namespace Dojo.Pci.Tokenization;

/// <summary>
/// Checks who can reach a file or exchange it: the file that a path really leads to, every link on the way and every directory that one
/// of them is in (PCI DSS 3.6.1, 7.2). Each fault is a sentence that names the path to mend and, where one command does, the command.
/// </summary>
/// <remarks>
/// Trusted are the user of this process and root, and nobody else. A directory in which others may write is taken where it is sticky, as
/// <c>/tmp</c> is: they cannot exchange what belongs to somebody else there. A secret that Kubernetes mounts passes: its links belong to
/// root, their directory is sticky, and the file, which root owns, may be read by a group of this process (<c>fsGroup</c>).
/// </remarks>
public sealed class PathSafety
{
    private const UnixFileMode AnyOfGroup = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    private const UnixFileMode AnyOfOthers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly ProcessUser _user;

    internal PathSafety(ProcessUser user) => _user = user;

    /// <summary>Checks for the user of this process.</summary>
    public static PathSafety ForThisProcess { get; } = new(ProcessUser.Current);

    /// <summary>What is wrong with a file that holds a secret, no matter the way to it: its type, and that others than its owner can reach it or that it can be executed.</summary>
    /// <param name="what">What it is, as a sentence begins: <c>The root key</c>.</param>
    /// <param name="path">Where it is said to be. Where nothing is, nothing is wrong.</param>
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

        // Root gives a file that it owns to a service by the service's group. A file of the service's own needs no group.
        var forReading = file.Owner == ProcessUser.Root && _user.WorksThrough(file.Group) ? UnixFileMode.GroupRead : UnixFileMode.None;
        return (file.Mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | forReading)) == UnixFileMode.None
            ? []
            : [$"{what} {path} is accessible to others than its owner, or executable. Mend it with: chmod 0400 {path}"];
    }

    /// <summary>What is wrong with the place of a file that holds a secret: its owner, other names of the file, and the way to it.</summary>
    /// <param name="what">What it is, as a sentence begins.</param>
    /// <param name="path">Where it is said to be. The directories are validated also where it is not there.</param>
    public IReadOnlyList<string> FaultsOfSecretPlace(string what, string path) =>
        [.. FaultsOfWay(what, path, groupMayWrite: false), .. FileStatus.Of(path) is { } file ? FaultsOfOwnership(what, path, file) : []];

    /// <summary>What is wrong with the directory of data: that others can reach it, its owner, and the way to it.</summary>
    /// <param name="what">What it is, as a sentence begins.</param>
    /// <param name="path">Where it is said to be. The directories above it are validated also where it is not there.</param>
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
            faults.Add($"{what} {path} is accessible to every user of the machine. Mend it with: chmod 0700 {path}");
        }
        else if (directory.Mode.HasFlag(UnixFileMode.GroupWrite) && !_user.WorksThrough(directory.Group))
        {
            faults.Add($"{what} {path} is writable by others. Mend it with: chmod 0700 {path}");
        }

        return faults;
    }

    /// <summary>What is wrong with a file of data: its type, its owner, other names of the file, and that others can reach it.</summary>
    /// <param name="what">What it is, as a sentence begins.</param>
    /// <param name="path">Where it is said to be. Where nothing is, nothing is wrong.</param>
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

        // A volume that Kubernetes mounts with an fsGroup has all its files given to that group, again at each mount.
        var through = _user.WorksThrough(file.Group) ? AnyOfGroup : UnixFileMode.None;
        var open = file.Mode & (AnyOfGroup | AnyOfOthers) & ~through;
        var reached = (open & AnyOfOthers) != UnixFileMode.None ? "every user of the machine" : "others than its owner";
        return
        [
            .. FaultsOfOwnership(what, path, file),
            .. open == UnixFileMode.None ? Array.Empty<string>() : [$"{what} {path} is accessible to {reached}. Mend it with: chmod 0600 {path}"],
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
            yield return $"{what} {path} has {file.Links} names (hard links), one of them perhaps where others can reach it. Put a copy in its place that has this name alone.";
        }
    }

    // Everything that is passed on the way, but for the end itself.
    private IEnumerable<string> FaultsOfWay(string what, string path, bool groupMayWrite)
    {
        foreach (var (place, status) in PathWalk.Of(path))
        {
            if (!IsTrusted(status.Owner))
            {
                yield return $"{place}, on the way to {Lower(what)}, belongs to another user (number {status.Owner}), who could put something else in its place. Mend it with: chown -h root {place}";
            }

            var others = status.Mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
            if (groupMayWrite && _user.WorksThrough(status.Group))
            {
                others &= ~UnixFileMode.GroupWrite;
            }

            if (status.Kind == FileKind.Directory && others != UnixFileMode.None && !status.Mode.HasFlag(UnixFileMode.StickyBit))
            {
                yield return $"{place}, on the way to {Lower(what)}, is writable by others, who could put something else in its place. Mend it with: chmod go-w {place}";
            }
        }
    }

    private bool IsTrusted(uint owner) => owner == ProcessUser.Root || owner == _user.Id;

    private string AnothersOwn(string what, string path, FileStatus file) =>
        $"{what} {path} belongs to another user (number {file.Owner}) than the service's (number {_user.Id}) or root. Mend it with: chown {_user.Id} {path}";

    private static string Lower(string what) => what.StartsWith("The ", StringComparison.Ordinal) ? $"the {what[4..]}" : what;
}
