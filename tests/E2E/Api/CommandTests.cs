using System.Net;
using System.Text;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Api;

/// <summary>The operators' commands, run next to a running portal.</summary>
[Trait("Length", "Long")]
public sealed class CommandTests
{
    private static readonly string[] s_createProduction = ["api-keys", "create", "production"];
    private static readonly string[] s_list = ["api-keys", "list"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_made_beside_the_running_portal_is_good_at_once_and_refused_within_5_seconds_of_its_revocation()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);
        await Calls.FirstKeyAsync(portal);

        var (made, printed) = await portal.CommandAsync(s_createProduction, Ct);
        var key = printed.Trim();
        made.ShouldBe(0);
        (await AskAsync(portal, key)).ShouldBe(HttpStatusCode.OK);

        var (_, listed) = await portal.CommandAsync(s_list, Ct);
        var line = listed.Split('\n').Single(line => line.Contains($"sk_prod_…{key[^4..]}", StringComparison.Ordinal));
        listed.ShouldNotContain(key);
        var (revoked, _) = await portal.CommandAsync(["api-keys", "revoke", line.Trim().Split(' ')[0]], Ct);

        revoked.ShouldBe(0);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(5));
        while (await AskAsync(portal, key) != HttpStatusCode.Unauthorized)
        {
            patience.Token.ThrowIfCancellationRequested();
        }

        (await portal.CommandAsync(s_list, Ct)).Printed.ShouldNotContain("sk_prod_");
    }

    [Fact]
    public async Task A_setting_of_a_location_that_is_changed_beside_the_running_portal_holds()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);
        var key = await Calls.FirstKeyAsync(portal);

        (await portal.CommandAsync(["locations", "set", "1", "unique-references", "on"], Ct)).ExitCode.ShouldBe(0);
        (await portal.CommandAsync(["locations", "set", "1", "retention-days", "7"], Ct)).ExitCode.ShouldBe(0);

        (await TokenizeAsync(portal, key)).ShouldBe(HttpStatusCode.OK);
        (await TokenizeAsync(portal, key)).ShouldBe(HttpStatusCode.Conflict);
        (await portal.CommandAsync(["locations", "list"], Ct)).Printed.ShouldContain("unique-references on  repeated-charges off  retention-days 7");
    }

    [Theory]
    [InlineData("api-keys")]
    [InlineData("api-keys", "create", "elsewhere")]
    [InlineData("api-keys", "revoke", "x")]
    [InlineData("keys", "check")]
    [InlineData("locations", "set", "1", "retention-days", "-1")]
    [InlineData("locations", "set", "1", "unique-references", "perhaps")]
    public async Task A_command_that_is_not_understood_says_how_it_is_used(params string[] arguments)
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);

        var (exitCode, printed) = await portal.CommandAsync(arguments, Ct);

        exitCode.ShouldBe(2);
        printed.ShouldContain("Usage:");
    }

    private static async Task<HttpStatusCode> AskAsync(PortalProcess portal, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "setup-intents");
        return await SendAsync(portal, request, key);
    }

    private static async Task<HttpStatusCode> TokenizeAsync(PortalProcess portal, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "setup-intents");
        request.Content = new StringContent("""{"reference":"the same"}""", Encoding.UTF8, "application/json");
        return await SendAsync(portal, request, key);
    }

    private static async Task<HttpStatusCode> SendAsync(PortalProcess portal, HttpRequestMessage request, string key)
    {
        request.Headers.TryAddWithoutValidation("Authorization", $"Basic {key}");
        request.Headers.Add("version", "2025-09-10");
        using var answer = await portal.Client.SendAsync(request, Ct);
        return answer.StatusCode;
    }
}
