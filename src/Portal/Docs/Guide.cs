namespace Dojo.Pci.Portal.Docs;

/// <summary>A page of the documentation, written in Markdown (<c>docs/guides</c>).</summary>
/// <param name="Slug">Its name in addresses, and the name of its file.</param>
/// <param name="Title">Its first heading.</param>
/// <param name="Summary">Its first paragraph, as plain text.</param>
/// <param name="Markdown">The whole text, as it is written.</param>
/// <param name="Blocks">The content after the first heading, in order.</param>
/// <param name="Sections">The content after the first heading as searchable text, one section for each heading.</param>
public sealed record Guide(
    string Slug, string Title, string Summary, string Markdown, IReadOnlyList<GuideBlock> Blocks, IReadOnlyList<GuideSection> Sections)
{
    /// <summary>The address that guides use in their examples. <see cref="At"/> replaces it by the service's own address.</summary>
    public const string ExampleAddress = "http://localhost:5080";

    /// <summary>Returns text of a guide with the service's own address.</summary>
    /// <param name="text">Markdown, code or HTML of a guide.</param>
    /// <param name="baseAddress">The address of the service, with or without a trailing slash.</param>
    public static string At(string text, string baseAddress) => text.Replace(ExampleAddress, baseAddress.TrimEnd('/'), StringComparison.Ordinal);
}

/// <summary>A part of a guide: prose or code.</summary>
public abstract record GuideBlock
{
    private GuideBlock()
    {
    }

    /// <summary>Headings, paragraphs, lists and tables.</summary>
    /// <param name="Html">HTML that is generated from Markdown, in which raw HTML is disabled.</param>
    public sealed record Prose(string Html) : GuideBlock;

    /// <summary>A code sample that can be copied.</summary>
    /// <param name="Language">The language of the code.</param>
    /// <param name="IsRefused">Whether it is an example of a call that is refused.</param>
    /// <param name="Text">The code.</param>
    public sealed record Code(string Language, bool IsRefused, string Text) : GuideBlock;
}

/// <summary>A part of a guide below one heading.</summary>
/// <param name="Anchor">The heading's id in the page; null for the text before the first heading.</param>
/// <param name="Level">The heading's level: 2 or 3.</param>
/// <param name="Title">The heading.</param>
/// <param name="Text">The text below the heading, including code, as plain text.</param>
public sealed record GuideSection(string? Anchor, int Level, string Title, string Text);
