using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class HealthTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_healthy_portal_says_so_without_a_key(string path)
    {
        using var client = portal.AnonymousClient();

        var answer = await client.AskAsync(HttpMethod.Get, path);

        ((int)answer.Status).ShouldBe(200);
        answer.Body.ShouldBe("""{"status":"Healthy"}""");
        answer.Header("Cache-Control").ShouldNotBeNull().ShouldContain("no-store");
    }

    // Takes as long as the database waits for a lock: this is the only slow test here.
    [Fact]
    public async Task While_the_database_cannot_be_written_the_portal_lives_is_not_ready_and_asks_callers_to_come_back()
    {
        await using var locked = await PortalFactory.StartAsync();
        using var client = locked.AnonymousClient();
        ApiAnswer refused, ready, live;

        await using (await locked.LockDatabaseAsync())
        {
            var refusal = locked.TokenizeAsync(new ACard(), ("idempotencyKey", "one"));
            live = await client.AskAsync(HttpMethod.Get, "/health/live");
            refused = await refusal;
            ready = await client.AskAsync(HttpMethod.Get, "/health/ready");
        }

        ((int)live.Status).ShouldBe(200);
        ready.ShouldBeProblem(503)["detail"].ShouldContain("database");
        refused.ShouldBeProblem(503)["type"].ShouldBe("https://tools.ietf.org/html/rfc7231#section-6.6.4");
        int.Parse(refused.Header("Retry-After")!).ShouldBeGreaterThan(0);
        (await client.AskAsync(HttpMethod.Get, "/health/ready")).Body.ShouldBe("""{"status":"Healthy"}""");
        (await locked.TokenizeAsync(new ACard(), ("idempotencyKey", "one"))).ShouldBeOk();
        (await locked.CountSetupIntentsAsync()).ShouldBe(1);
    }
}
