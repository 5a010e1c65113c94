using System.Text;
using Dojo.Pci.Tests.Unit.Api;

namespace Dojo.Pci.Tests.Unit.Security;

/// <summary>Searches bytes for secrets, in every form in which software is known to leave them behind.</summary>
internal sealed class CanaryScanner
{
    private readonly List<(string What, byte[] Needle)> _needles = [];

    /// <summary>Adds a text to search for; a card number is also searched for in groups.</summary>
    public CanaryScanner AddText(string name, string text)
    {
        Add(name, "UTF-8", Encoding.UTF8.GetBytes(text));
        Add(name, "UTF-16", Encoding.Unicode.GetBytes(text));
        Add(name, "reversed", Encoding.UTF8.GetBytes(new string([.. text.Reverse()])));
        if (text.All(char.IsAsciiDigit))
        {
            Add(name, "in groups with spaces", Encoding.UTF8.GetBytes(CardNumbers.Grouped(text, " ")));
            Add(name, "in groups with hyphens", Encoding.UTF8.GetBytes(CardNumbers.Grouped(text, "-")));
            Add(name, "JSON escapes", Encoding.UTF8.GetBytes(CardNumbers.Escaped(text)));
            Add(name, "JSON escapes in capitals", Encoding.UTF8.GetBytes(CardNumbers.Escaped(text).ToUpperInvariant().Replace("\\U", "\\u", StringComparison.Ordinal)));
        }

        return AddBytes(name, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Adds bytes to search for, as they are and as text.</summary>
    public CanaryScanner AddBytes(string name, byte[] bytes)
    {
        Add(name, "bytes", bytes);
        Add(name, "hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)));
        Add(name, "hexadecimal in capitals", Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)));
        for (var alignment = 0; alignment < 3; alignment++)
        {
            Add(name, $"base64 at alignment {alignment}", Base64At(alignment, bytes));
        }

        return this;
    }

    /// <summary>Returns all findings.</summary>
    public IReadOnlyList<string> Find(string where, ReadOnlySpan<byte> bytes)
    {
        var found = new List<string>();
        foreach (var (what, needle) in _needles)
        {
            if (bytes.IndexOf(needle) >= 0)
            {
                found.Add($"{what} in {where}");
            }
        }

        return found;
    }

    public IReadOnlyList<string> Find(string where, string text) => Find(where, Encoding.UTF8.GetBytes(text));

    /// <summary>Returns all findings in the files below a directory, and the number of bytes searched.</summary>
    public (IReadOnlyList<string> Found, long Bytes) FindBelow(string directory)
    {
        var found = new List<string>();
        var total = 0L;
        // An empty file contains nothing, and the one that locks the directory cannot be opened.
        foreach (var path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length > 0))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            found.AddRange(Find(path, bytes));
            total += bytes.Length;
        }

        return (found, total);
    }

    // The characters that depend on the bytes alone, whatever precedes and follows them.
    private static byte[] Base64At(int alignment, byte[] bytes)
    {
        var text = Convert.ToBase64String([.. new byte[alignment], .. bytes]);
        var first = ((alignment * 8) + 5) / 6;
        var last = (alignment + bytes.Length) * 8 / 6;
        return Encoding.ASCII.GetBytes(text[first..last]);
    }

    private void Add(string name, string form, byte[] needle) => _needles.Add(($"{name} as {form}", needle));
}
