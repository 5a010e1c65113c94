using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>The rules that hold for every page, in both themes (DESIGN D23). Saves a screenshot of each when requested.</summary>
internal static class Accessibility
{
    // The themes differ only in colours, so no other rule can have a different outcome in the second.
    private const string RulesOfColor = """{ "runOnly": ["color-contrast"] }""";

    // The field announces whatever it opens. A landmark around that would be present and empty on every page.
    private const string RulesOfOpenField = """{ "rules": { "region": { "enabled": false } } }""";

    private static readonly BundledAxeScriptProvider s_axe = new();

    /// <summary>Checks that the page fits its window, breaks no axe rule, and logs no complaints.</summary>
    public static Task ShouldBeSoundAsync(Visit visit, string name) => ShouldBeSoundAsync(visit, name, "{}");

    /// <summary>The same for a page with an open list of choices or calendar.</summary>
    public static Task ShouldBeSoundWithOpenFieldAsync(Visit visit, string name) => ShouldBeSoundAsync(visit, name, RulesOfOpenField);

    private static async Task ShouldBeSoundAsync(Visit visit, string name, string options)
    {
        foreach (var dark in new[] { false, true })
        {
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
            await SettleAsync(visit.Page);
            var view = $"{name}-{visit.Page.ViewportSize!.Width}-{(dark ? "dark" : "light")}";
            await visit.PictureAsync(view);

            (await visit.ScrollsSidewaysAsync()).ShouldBeFalse($"{view}: the page is wider than its window");
            await ShouldBreakNoRuleAsync(visit.Page, view, dark ? RulesOfColor : options);
        }

        visit.Complaints.ShouldBeEmpty();
    }

    // Finishes the colour transitions between the themes. An element that inherits a colour starts its transition only when the inherited one has ended.
    private static async Task SettleAsync(IPage page) => await page.EvaluateAsync(
        """
        async () => {
            await document.fonts.ready;
            for (let transitions; transitions === undefined || transitions.length > 0; ) {
                await new Promise(requestAnimationFrame);
                transitions = document.getAnimations().filter(animation => animation instanceof CSSTransition);
                transitions.forEach(transition => transition.finish());
            }
        }
        """);

    // Deque's own RunAxe opens a second page for each run and passes every successful check through it, which takes longer than the checks.
    private static async Task ShouldBreakNoRuleAsync(IPage page, string view, string options)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync($"() => {{ {s_axe.GetScript()} }}");
        }

        var result = await page.EvaluateAsync<AxeOutcome>(
            """
            async options => {
                const result = await axe.run(document, { resultTypes: ["violations"], ...JSON.parse(options) });
                return { applied: result.passes.length, broken: result.violations.map(rule => `${rule.id}: ${rule.help}: ${rule.nodes.map(node => node.html).join(" | ")}`) };
            }
            """,
            options);
        result.Applied.ShouldBePositive($"{view}: no rule was applied: axe did not run");
        result.Broken.ShouldBeEmpty(view);
    }

    private sealed class AxeOutcome
    {
        public int Applied { get; set; }

        public string[] Broken { get; set; } = [];
    }
}
