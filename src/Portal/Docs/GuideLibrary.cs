using System.Reflection;

namespace Dojo.Pci.Portal.Docs;

/// <summary>The guides of <c>docs/guides</c>, which are embedded in the program, in reading order.</summary>
internal static class GuideLibrary
{
    private static readonly string[] s_order =
        ["first-token", "charge", "refunds", "idempotency", "errors", "versions", "webhooks", "testing", "assistants", "going-to-production", "moving-sdks"];

    /// <summary>All guides.</summary>
    public static IReadOnlyList<Guide> All { get; } = [.. s_order.Select(Load)];

    /// <summary>Returns the guide with a name; null if there is none.</summary>
    public static Guide? Find(string? slug) => All.FirstOrDefault(guide => guide.Slug == slug);

    private static Guide Load(string slug)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"guide-{slug}.md")
            ?? throw new InvalidOperationException($"There is no guide {slug}.");
        using var reader = new StreamReader(stream);
        return GuideReader.Read(slug, reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}
