using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.SetupIntents;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class SetupIntentJsonTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task The_text_for_people_shows_letters_and_quotes_as_they_are()
    {
        var ct = TestContext.Current.CancellationToken;
        var answer = await portal.TokenizeAsync(
            """{"cardNumber":"5200000000001005","expiryDate":"12/29","reference":"Zürich <Straße> & 'Café'","metadata":{"名":"\u6771京"}}""");
        answer.ShouldBeOk();
        var id = answer.Json.GetProperty("id").GetString()!;
        var intent = (await portal.Services.GetRequiredService<ISetupIntentService>().GetAsync(portal.SandboxKey.Key.Tenant, id, ct)).Value!;

        var text = portal.Services.GetRequiredService<ISetupIntentJson>().Write(intent);

        text.ShouldContain("Zürich <Straße> & 'Café'");
        text.ShouldContain("東京");
        text.ShouldNotContain("\\u");
    }
}
