using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>The machine's clock was ahead and is set back.</summary>
public sealed class ClockJumpsTests
{
    [Fact]
    public async Task When_the_clock_jumps_back_nothing_is_refused_lists_are_in_the_order_of_the_times_they_show_and_no_token_is_given_twice()
    {
        await using var before = await PortalFactory.StartAsync();
        using var client = before.SandboxClient();
        var made = new List<string>();
        await CreateAsync(client, made, "before");

        before.Clock.SetTo(before.Clock.GetUtcNow().AddHours(-3));
        await CreateAsync(client, made, "after");

        (await WalkAsync(client)).ShouldBe(NewestFirst(made));
        (await client.TokenizeAsync(new ACard().ToJson(), ("idempotencyKey", "before"))).ShouldBeOk()["id"].ShouldBe(made[10], "the key of before the jump");
        (await client.AskAsync(HttpMethod.Get, $"/setup-intents/{made[^1]}")).ShouldBeOk()["status"].ShouldBe("Authorized");
        (await client.AskAsync(HttpMethod.Get, "/health/ready")).Status.ShouldBe(System.Net.HttpStatusCode.OK);

        // A process that starts at the earlier time continues after the existing ids.
        await using var next = await before.RestartAsync();
        using var again = next.SandboxClient();
        await CreateAsync(again, made, "restarted");
        (await WalkAsync(again)).ShouldBe(NewestFirst(made));
        made.Distinct(StringComparer.Ordinal).Count().ShouldBe(made.Count);
    }

    // Ordered by the displayed time, which was later before the jump, and then by order of creation.
    private static IEnumerable<string> NewestFirst(List<string> made) => made[..11].AsEnumerable().Reverse().Concat(made[11..].AsEnumerable().Reverse());

    private static async Task<List<string>> WalkAsync(HttpClient client)
    {
        var page = await client.ListAsync("?limit=4");
        var found = page.Ids().ToList();
        while (page.Find("after") is { } after)
        {
            page = await client.ListAsync($"?limit=4&after={after}");
            found.AddRange(page.Ids());
        }

        return found;
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
