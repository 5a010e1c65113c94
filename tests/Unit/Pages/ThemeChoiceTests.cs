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
}
