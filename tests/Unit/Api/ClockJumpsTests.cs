using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>The machine's clock was ahead, and somebody sets it right.</summary>
public sealed class ClockJumpsTests
{
    [Fact]
    public async Task When_the_clock_jumps_back_nothing_is_refused_lists_keep_the_order_of_creation_and_no_token_is_given_twice()
    {
        await using var before = await PortalFactory.StartAsync();
        using var client = before.SandboxClient();
        var made = new List<string>();
        await CreateAsync(client, made, "before");

        before.Clock.Advance(-TimeSpan.FromHours(3));
        await CreateAsync(client, made, "after");

        (await client.ListAsync("?limit=100")).Ids().ToList().ShouldBe(Enumerable.Reverse(made));
        (await client.TokenizeAsync(new ACard().ToJson(), ("idempotencyKey", "before"))).ShouldBeOk()["id"].ShouldBe(made[10], "the key of before the jump");
        (await client.AskAsync(HttpMethod.Get, $"/setup-intents/{made[^1]}")).ShouldBeOk()["status"].ShouldBe("Authorized");
        (await client.AskAsync(HttpMethod.Get, "/health/ready")).Status.ShouldBe(System.Net.HttpStatusCode.OK);

        // A process that starts at the earlier time goes on behind the ids there are.
        await using var next = await before.RestartAsync();
        using var again = next.SandboxClient();
        await CreateAsync(again, made, "restarted");
        (await again.ListAsync("?limit=100")).Ids().ToList().ShouldBe(Enumerable.Reverse(made));
        made.Distinct(StringComparer.Ordinal).Count().ShouldBe(made.Count);
    }

    private static async Task CreateAsync(HttpClient client, List<string> made, string idempotencyKey)
    {
        for (var i = 0; i < 10; i++)
        {
            made.Add((await client.TokenizeAsync(new ACard().ToJson())).ShouldBeOk()["id"]);
        }

        made.Add((await client.TokenizeAsync(new ACard().ToJson(), ("idempotencyKey", idempotencyKey))).ShouldBeOk()["id"]);
    }
}
