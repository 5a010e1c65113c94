namespace Dojo.Pci.Portal.Docs;

/// <summary>A page of the documentation, written in Markdown (<c>docs/guides</c>).</summary>
/// <param name="Slug">Its name in addresses, and of its file.</param>
/// <param name="Title">Its first heading.</param>
/// <param name="Summary">Its first paragraph, as plain text.</param>
/// <param name="Markdown">All of it, as it is written.</param>
/// <param name="Blocks">What follows the first heading, in order.</param>
/// <param name="Sections">What follows the first heading, as text to search, one for each heading.</param>
public sealed record Guide(
    string Slug, string Title, string Summary, string Markdown, IReadOnlyList<GuideBlock> Blocks, IReadOnlyList<GuideSection> Sections)
{
    /// <summary>The address that guides use in their examples. It stands for that of the service, which <see cref="At"/> puts in its place.</summary>
    public const string ExampleAddress = "http://localhost:5080";

    /// <summary>Text of a guide with the service's own address.</summary>
    /// <param name="text">Markdown, code or HTML of a guide.</param>
    /// <param name="baseAddress">The address of the service, with or without a slash at its end.</param>
    public static string At(string text, string baseAddress) => text.Replace(ExampleAddress, baseAddress.TrimEnd('/'), StringComparison.Ordinal);
}

/// <summary>A part of a guide: prose or code.</summary>
public abstract record GuideBlock
{
    private GuideBlock()
    {
    }

    /// <summary>Headings, paragraphs, lists and tables.</summary>
    /// <param name="Html">Made from Markdown that may hold no HTML of its own.</param>
    public sealed record Prose(string Html) : GuideBlock;

    /// <summary>A piece of code, to be copied.</summary>
    /// <param name="Language">What it is written in.</param>
    /// <param name="IsRefused">Whether its call is an example of one that is refused.</param>
    /// <param name="Text">The code.</param>
    public sealed record Code(string Language, bool IsRefused, string Text) : GuideBlock;
}

/// <summary>A part of a guide below one heading.</summary>
/// <param name="Anchor">The heading's id in the page; null for what stands before the first one.</param>
/// <param name="Level">2 or 3.</param>
/// <param name="Title">The heading.</param>
/// <param name="Text">What it says, code included, as plain text.</param>
public sealed record GuideSection(string? Anchor, int Level, string Title, string Text);
