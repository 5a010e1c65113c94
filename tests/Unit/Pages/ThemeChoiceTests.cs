using Dojo.Pci.Portal.Components;
using Microsoft.AspNetCore.Http;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class ThemeChoiceTests
{
    [Theory]
    [InlineData(null, ThemeChoice.System)]
    [InlineData("portal-theme=light", ThemeChoice.Light)]
    [InlineData("portal-theme=dark", ThemeChoice.Dark)]
    [InlineData("portal-theme=system", ThemeChoice.System)]
    [InlineData("portal-theme=\"><script>", ThemeChoice.System)]
    public void The_cookie_chooses_among_three(string? cookie, ThemeChoice choice)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = cookie;

        ThemeChoices.Read(context.Request).ShouldBe(choice);
    }

    [Theory]
    [InlineData(ThemeChoice.Light, "all", "not all")]
    [InlineData(ThemeChoice.Dark, "not all", "all")]
    [InlineData(ThemeChoice.System, "not all and (prefers-color-scheme: dark)", "(prefers-color-scheme: dark)")]
    public void Exactly_one_theme_applies(ThemeChoice choice, string light, string dark)
    {
        choice.MediaForLight().ShouldBe(light);
        choice.MediaForDark().ShouldBe(dark);
    }
}
