using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.SigningIn;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class UnknownKeysTests
{
    private const int Most = 5;

    [Fact]
    public async Task An_address_that_tries_many_keys_that_are_not_good_is_refused_while_good_keys_from_it_work_as_always()
    {
        await using var portal = await StartAsync();
        for (var i = 0; i < Most; i++)
        {
            (await TryAsync(portal, UnknownKey())).ShouldBeProblem(401);
        }

        var refused = await TryAsync(portal, UnknownKey());
        refused.ShouldBeProblem(429)["detail"].ShouldContain("invalid API keys");
        int.Parse(refused.Header("Retry-After")!).ShouldBeInRange(1, 600);
        (await portal.TokenizeAsync(new ACard())).ShouldBeOk();
        (await TryAsync(portal, (await portal.CreateKeyAsync()).Secret)).Status.ShouldNotBe(System.Net.HttpStatusCode.TooManyRequests, "a good key that nobody has used yet");

        portal.Clock.Advance(TimeSpan.FromMinutes(11));
        (await TryAsync(portal, UnknownKey())).ShouldBeProblem(401);
    }

    [Fact]
    public async Task One_key_that_is_not_good_any_more_stays_401_however_often_it_comes()
    {
        await using var portal = await StartAsync();
        var old = UnknownKey();
        for (var i = 0; i < 4 * Most; i++)
        {
            (await TryAsync(portal, old)).ShouldBeProblem(401);
        }

        using var anonymous = portal.AnonymousClient();
        for (var i = 0; i < 4 * Most; i++)
        {
            (await anonymous.AskAsync(HttpMethod.Get, "/setup-intents")).ShouldBeProblem(401);
        }
    }

    [Fact]
    public async Task An_episode_is_one_entry_of_the_trail_one_line_of_the_log_and_one_notice()
    {
        await using var portal = await StartAsync();
        using var owner = await APerson.OwnerAsync(portal);
        for (var i = 0; i < 3 * Most; i++)
        {
            await TryAsync(portal, UnknownKey());
        }

        var entries = await portal.Services.GetRequiredService<IAuditStore>().ListAsync(
            portal.SandboxKey.Key.Tenant.Account, "key:unknown", before: null, 100, TestContext.Current.CancellationToken);
        entries.ShouldHaveSingleItem().Entry.Address.ShouldNotBeNull();
        (await owner.Browser.OpenAsync("/?env=sandbox")).Html.ShouldContain("Guessing of API keys refused");
    }

    private static Task<PortalFactory> StartAsync() => PortalFactory.StartAsync(
        new PortalFactory { Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Api:UnknownKeysPerAddress"] = $"{Most}" } });

    private static string UnknownKey() => ApiKeySecret.Generate(TenantEnvironment.Sandbox).Reveal();

    private static async Task<ApiAnswer> TryAsync(PortalFactory portal, string key)
    {
        using var client = portal.ClientOf(key);
        return await client.AskAsync(HttpMethod.Get, "/setup-intents");
    }
}
