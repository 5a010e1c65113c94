using System.Text.RegularExpressions;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Docs;
using Dojo.Pci.Portal.Docs.Errors;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tests.Unit.Docs;

public sealed partial class GuidesTests
{
    private static readonly string[] s_otherPages =
    [
        PortalUrls.Docs, PortalUrls.DocsErrors, PortalUrls.TestCards, PortalUrls.OpenApi, .. ErrorCatalog.Statuses.Concat(ErrorCatalog.Fields).Select(page => PortalUrls.ErrorPage(page.Code)),
        .. ApiDescription.Operations.Select(operation => PortalUrls.Operation(operation.Slug)),
    ];

    public static TheoryData<string> Slugs => [.. GuideLibrary.All.Select(guide => guide.Slug)];

    [Fact]
    public void Every_guide_of_the_repository_is_in_the_library()
    {
        var files = typeof(GuideLibrary).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("guide-", StringComparison.Ordinal));

        files.Select(name => name["guide-".Length..^".md".Length]).ShouldBe(GuideLibrary.All.Select(guide => guide.Slug), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Every_link_of_a_guide_leads_to_a_page_and_a_heading_that_are_there(string slug)
    {
        foreach (var address in HtmlOf(slug).SelectMany(html => Links().Matches(html)).Select(link => link.Groups["address"].Value).Where(address => !address.StartsWith("https://", StringComparison.Ordinal)))
        {
            var (page, anchor) = address.Split('#', 2) is [var before, var after] ? (before, after) : (address, null);
            var guide = GuideLibrary.All.FirstOrDefault(guide => PortalUrls.Guide(guide.Slug) == page);
            (guide is not null || s_otherPages.Contains(page, StringComparer.Ordinal)).ShouldBeTrue(address);
            (anchor is null || guide!.Sections.Any(section => section.Anchor == anchor)).ShouldBeTrue(address);
        }
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void A_guide_names_no_version_in_a_call_but_one_there_is(string slug) =>
        Versions().Matches(GuideLibrary.Find(slug)!.Markdown).Select(version => version.Groups["date"].Value)
            .ShouldAllBe(version => version == PublishedVersion.Newest || version == "2022-04-07" || version == "2023-11-12");

    [Theory]
    [MemberData(nameof(Slugs))]
    public void A_guide_holds_no_card_number_but_published_ones(string slug)
    {
        var text = TestCards.All.Aggregate(GuideLibrary.Find(slug)!.Markdown, (text, card) => text.Replace(card.Number, "", StringComparison.Ordinal));

        CardNumberDetector.ContainsCardNumber(text).ShouldBeFalse();
    }

    [Fact]
    public void HTML_in_a_guide_is_shown_as_text_and_runs_nowhere()
    {
        var guide = GuideReader.Read("x", "# Title\n\nSummary <script>alert(1)</script>\n\n<script>alert(2)</script>\n\n```js\n<b>\n```\n");

        string.Concat(guide.Blocks.OfType<GuideBlock.Prose>().Select(prose => prose.Html)).ShouldNotContain("<script");
        guide.Blocks.OfType<GuideBlock.Code>().Single().Text.ShouldBe("<b>");
    }

    [Fact]
    public void A_heading_is_a_link_to_itself_and_a_file_a_link_to_its_guide()
    {
        var guide = GuideReader.Read("x", "# Title\n\nSummary.\n\n## Two words\n\nSee [that](y.md#there).\n");

        var html = guide.Blocks.OfType<GuideBlock.Prose>().Single().Html;
        html.ShouldContain("<h2 id=\"two-words\"><a href=\"/docs/x#two-words\" class=\"anchor\">Two words</a></h2>");
        html.ShouldContain("href=\"/docs/y#there\"");
        guide.Summary.ShouldBe("Summary.");
    }

    [Theory]
    [InlineData("roll the secret", "/docs/webhooks#roll-the-secret")]
    [InlineData("IDEMPOTENCY-key", "/docs/idempotency")]
    [InlineData("reversal", "/docs/refunds")]
    public void A_search_leads_to_the_section_that_has_all_words(string query, string first) =>
        DocsSearch.Find(query).Select(hit => hit.Entry.Address).ShouldContain(address => address.StartsWith(first, StringComparison.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    [InlineData("webhooks nothing-like-it")]
    [InlineData("5200000000001005")]
    public void A_search_for_nothing_and_for_a_card_number_finds_nothing(string? query) => DocsSearch.Find(query).ShouldBeEmpty();

    [Fact]
    public void A_hit_shows_the_word_where_it_stands()
    {
        var hit = DocsSearch.Find("breakfast was missing").ShouldHaveSingleItem();

        hit.Match.ShouldBe("Breakfast");
        hit.Entry.Text.ShouldContain(hit.Before.TrimStart('…') + hit.Match + hit.After.TrimEnd('…'));
    }

    private static IEnumerable<string> HtmlOf(string slug) => GuideLibrary.Find(slug)!.Blocks.OfType<GuideBlock.Prose>().Select(prose => prose.Html);

    [GeneratedRegex("href=\"(?<address>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Links();

    [GeneratedRegex("[vV]ersion: (?<date>[0-9-]+)", RegexOptions.None, 1000)]
    private static partial Regex Versions();
}
