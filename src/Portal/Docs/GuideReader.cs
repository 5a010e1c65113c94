using System.Globalization;
using System.Text;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Dojo.Pci.Portal.Docs;

/// <summary>Reads Markdown into a <see cref="Guide"/>. HTML in it is shown as text, so a guide cannot contain active content.</summary>
internal static class GuideReader
{
    private const string RefusedMark = "refused";

    private static readonly MarkdownPipeline s_pipeline =
        new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    /// <summary>Converts Markdown to HTML. HTML in the Markdown is shown as text.</summary>
    public static string ToHtml(string markdown) => Markdown.ToHtml(markdown, s_pipeline);

    public static Guide Read(string slug, string markdown)
    {
        var document = Markdown.Parse(markdown, s_pipeline);
        if (document is not [HeadingBlock { Level: 1 } title, ParagraphBlock summary, ..])
        {
            throw new FormatException($"The guide {slug} must begin with its title and a paragraph.");
        }

        LeadOn(document, PortalUrls.Guide(slug));
        return new Guide(slug, PlainText(title), PlainText(summary), markdown, BlocksOf(document.Skip(1)), SectionsOf(document.Skip(1)));
    }

    // Guides link to each other by file name, so that links also work in the repository. Each heading becomes a link to itself.
    private static void LeadOn(MarkdownDocument document, string address)
    {
        foreach (var link in document.Descendants<LinkInline>().Where(link => link.Url is not null && !link.Url.Contains(':', StringComparison.Ordinal)))
        {
            var (file, anchor) = link.Url!.Split('#', 2) is [var path, var at] ? (path, $"#{at}") : (link.Url, "");
            link.Url = file.EndsWith(".md", StringComparison.Ordinal) ? $"{PortalUrls.Guide(file[..^3])}{anchor}" : link.Url;
        }

        foreach (var heading in document.OfType<HeadingBlock>().Where(heading => heading.Level > 1))
        {
            var itself = new LinkInline { Url = $"{address}#{heading.GetAttributes().Id}" };
            itself.GetAttributes().AddClass("anchor");
            foreach (var child in heading.Inline!.ToList())
            {
                child.Remove();
                itself.AppendChild(child);
            }

            heading.Inline!.AppendChild(itself);
        }
    }

    private static List<GuideBlock> BlocksOf(IEnumerable<Block> document)
    {
        List<GuideBlock> blocks = [];
        List<Block> prose = [];
        foreach (var block in document)
        {
            if (block is FencedCodeBlock code)
            {
                EndProse();
                blocks.Add(new GuideBlock.Code(code.Info ?? "", code.Arguments == RefusedMark, code.Lines.ToString()));
            }
            else
            {
                prose.Add(block);
            }
        }

        EndProse();
        return blocks;

        void EndProse()
        {
            if (prose.Count > 0)
            {
                blocks.Add(new GuideBlock.Prose(HtmlOf(prose)));
                prose.Clear();
            }
        }
    }

    private static string HtmlOf(IEnumerable<Block> blocks)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(writer);
        s_pipeline.Setup(renderer);
        foreach (var block in blocks)
        {
            renderer.Render(block);
        }

        return writer.ToString();
    }

    private static List<GuideSection> SectionsOf(IEnumerable<Block> document)
    {
        List<GuideSection> sections = [new(null, 2, "", "")];
        foreach (var block in document)
        {
            if (block is HeadingBlock heading)
            {
                sections.Add(new GuideSection(heading.GetAttributes().Id, heading.Level, PlainText(heading), ""));
            }
            else
            {
                sections[^1] = sections[^1] with { Text = $"{sections[^1].Text} {PlainText(block)}".Trim() };
            }
        }

        return sections;
    }

    private static string PlainText(Block block)
    {
        var text = new StringBuilder();
        Append(block);
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        void Append(Block part)
        {
            switch (part)
            {
                case CodeBlock code:
                    text.Append(code.Lines.ToString()).Append(' ');
                    break;
                case LeafBlock { Inline: { } inline }:
                    foreach (var piece in inline.Descendants())
                    {
                        text.Append(piece switch
                        {
                            LiteralInline literal => literal.Content.ToString(),
                            CodeInline code => code.Content,
                            HtmlEntityInline entity => entity.Transcoded.ToString(),
                            LineBreakInline => " ",
                            _ => "",
                        });
                    }

                    text.Append(' ');
                    break;
                case ContainerBlock container:
                    foreach (var child in container)
                    {
                        Append(child);
                    }

                    break;
            }
        }
    }
}
