namespace Dojo.Pci.Portal.Docs.Samples;

/// <summary>A language in which samples are written.</summary>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="Name">Its name for people, with the library.</param>
/// <param name="Write">Writes a request in the language: a whole program, which prints the status and the body of the answer.</param>
public sealed record SampleLanguage(string Slug, string Name, Func<SampleRequest, string> Write)
{
    /// <summary>All languages: those of the PCI API's own reference, then two more.</summary>
    public static IReadOnlyList<SampleLanguage> All { get; } =
    [
        new("curl", "curl", ShellSamples.Curl),
        new("python", "Python requests", PythonSamples.Requests),
        new("python-http-client", "Python http.client", PythonSamples.HttpClient),
        new("node", "Node", JavaScriptSamples.Node),
        new("php", "PHP", ScriptSamples.Php),
        new("csharp", "C# RestSharp", CompiledSamples.CSharp),
        new("ruby", "Ruby", ScriptSamples.Ruby),
        new("go", "Go", CompiledSamples.Go),
        new("java", "Java", JvmSamples.Java),
        new("kotlin", "Kotlin", JvmSamples.Kotlin),
        new("swift", "Swift", CompiledSamples.Swift),
        new("c", "C libcurl", CompiledSamples.C),
        new("powershell", "PowerShell", ShellSamples.PowerShell),
        new("jquery", "jQuery", JavaScriptSamples.JQuery),
        new("xhr", "XHR", JavaScriptSamples.Xhr),
    ];

    /// <summary>Returns the language with a name; null if there is none.</summary>
    public static SampleLanguage? Find(string? slug) => All.FirstOrDefault(language => language.Slug == slug);
}
