using System.Reflection;
using Dojo.Pci.Portal.Components.Controls;

namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>
/// Receivers that verify both signatures, in the languages of the other samples except curl, which receives nothing. They are separate files beside
/// this one, complete and ready to run: a test runs those whose language is installed on the machine.
/// </summary>
internal static class VerificationSamples
{
    private static readonly (string Language, string File)[] s_files =
    [
        ("Python", "verify.py"),
        ("Node", "verify.mjs"),
        ("PHP", "verify.php"),
        ("C#", "verify.csharp"),
        ("Ruby", "verify.rb"),
        ("Go", "verify.go"),
        ("Java", "Verify.java"),
        ("Kotlin", "verify.kt"),
        ("Swift", "verify.swift"),
        ("PowerShell", "verify.ps1"),
    ];

    /// <summary>The samples, one for each language.</summary>
    public static IReadOnlyList<Snippet> All { get; } = [.. s_files.Select(sample => new Snippet(sample.Language, Read(sample.File)))];

    private static string Read(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"webhook-samples/{file}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }
}
