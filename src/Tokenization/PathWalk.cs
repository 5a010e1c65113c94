namespace Dojo.Pci.Tokenization;

/// <summary>Follows a path as the system does, component by component, and records what it passes.</summary>
internal static class PathWalk
{
    // The number of links that Linux follows in one path.
    private const int MostLinks = 40;

    /// <summary>
    /// Returns the directories and links on the way to the file that a path really leads to, each once and without the end itself. The walk
    /// ends at the first component that is missing. Empty on Windows, whose directories have no such modes.
    /// </summary>
    public static IReadOnlyList<(string Place, FileStatus Status)> Of(string path)
    {
        var passed = new Dictionary<string, FileStatus>(StringComparer.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Follow(Path.GetFullPath(path), passed);
        }

        return [.. passed.Select(place => (place.Key, place.Value))];
    }

    private static void Follow(string path, Dictionary<string, FileStatus> passed)
    {
        var here = "/";
        var ahead = new Stack<string>(Components(path));
        var links = 0;
        Pass(here);
        while (ahead.TryPop(out var name))
        {
            if (name == "..")
            {
                here = Path.GetDirectoryName(here) ?? "/";
                continue;
            }

            var next = Path.Combine(here, name);
            if (FileStatus.OfLink(next) is not { } status)
            {
                return;
            }

            if (status.Kind == FileKind.Link)
            {
                passed.TryAdd(next, status);
                if (++links > MostLinks || new FileInfo(next).LinkTarget is not { } target)
                {
                    return;
                }

                here = target.StartsWith('/') ? "/" : here;
                foreach (var component in Components(target))
                {
                    ahead.Push(component);
                }
            }
            else
            {
                here = next;
                if (ahead.Count > 0)
                {
                    passed.TryAdd(next, status);
                }
            }
        }

        void Pass(string directory)
        {
            if (FileStatus.OfLink(directory) is { } status)
            {
                passed.TryAdd(directory, status);
            }
        }
    }

    // In reverse order, because the caller pushes them onto a stack.
    private static IEnumerable<string> Components(string path) => path.Split('/').Where(name => name is not ("" or ".")).Reverse();
}
