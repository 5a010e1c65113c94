using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>What holds for every page, in both themes (DESIGN D23). Leaves a picture of each.</summary>
internal static class Accessibility
{
    // The themes differ in colours alone: no other rule can have another outcome in the second.
    private static readonly AxeRunOptions s_rulesOfColor = new() { RunOnly = RunOnlyOptions.Rules("color-contrast") };

    // What opens from a field is announced by the field. A landmark around it would stand on every page, empty.
    private static readonly AxeRunOptions s_rulesOfOpenField = new() { Rules = new(StringComparer.Ordinal) { ["region"] = new() { Enabled = false } } };

    /// <summary>The page fits its window, breaks no rule of axe, and complains of nothing.</summary>
    public static Task ShouldBeSoundAsync(Visit visit, string name) => ShouldBeSoundAsync(visit, name, new AxeRunOptions());

    /// <summary>The same of a page with a list of choices or a calendar open.</summary>
    public static Task ShouldBeSoundWithOpenFieldAsync(Visit visit, string name) => ShouldBeSoundAsync(visit, name, s_rulesOfOpenField);

    private static async Task ShouldBeSoundAsync(Visit visit, string name, AxeRunOptions options)
    {
        foreach (var dark in new[] { false, true })
        {
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
            await visit.Page.EvaluateAsync("document.fonts.ready");
            await visit.PictureAsync($"{name}-{visit.Page.ViewportSize!.Width}-{(dark ? "dark" : "light")}");

            (await visit.ScrollsSidewaysAsync()).ShouldBeFalse("the page is wider than its window");
            await ShouldBreakNoRuleAsync(visit.Page, dark ? s_rulesOfColor : options);
        }

        visit.Complaints.ShouldBeEmpty();
    }

    private static async Task ShouldBreakNoRuleAsync(IPage page, AxeRunOptions options)
    {
        var result = await page.RunAxe(options);
        result.Passes.ShouldNotBeEmpty("no rule was applied: axe did not run");
        result.Violations
            .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}")
            .ShouldBeEmpty();
    }
}
