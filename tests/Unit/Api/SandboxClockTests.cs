using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class SandboxClockTests : IAsyncLifetime
{
    private readonly PortalFactory _portal = new();
    private HttpClient _client = null!;

    private DateTime RealNow => _portal.Clock.GetUtcNow().UtcDateTime;

    public async ValueTask InitializeAsync()
    {
        await _portal.InitializeAsync();
        _client = _portal.SandboxClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _portal.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"advance":"P30D"}""", "P30D", 30.0)]
    [InlineData("""{"advance":"PT36H"}""", "P1DT12H", 1.5)]
    [InlineData("""{"advance":86400}""", "P1D", 1.0)]
    [InlineData("""{"advance":0}""", "PT0S", 0.0)]
    [InlineData("""{"set":"2026-03-05T09:15:27.123456Z"}""", "P1D", 1.0)]
    [InlineData("""{"set":"2026-03-05T10:15:27.123456+01:00"}""", "P1D", 1.0)]
    [InlineData("""{"set":"2026-03-04T09:15:27.123456Z"}""", "PT0S", 0.0)]
    public async Task It_is_moved_by_a_time_or_to_an_instant(string body, string ahead, double days)
    {
        var moved = await _client.MoveClockAsync(body);

        moved.PropertyNames().ShouldBe(["now", "ahead"]);
        moved["ahead"].ShouldBe(ahead);
        Utc(moved["now"]).ShouldBe(RealNow.AddDays(days));
        Utc((await _client.TokenizeAsync(ACard.None.ToJson())).ShouldBeOk()["createdAt"]).ShouldBe(RealNow.AddDays(days));
    }

    [Theory]
    [InlineData("P1M", "2026-04-04T09:15:27.123456Z", "P31D")]
    [InlineData("P1Y", "2027-03-04T09:15:27.123456Z", "P365D")]
    [InlineData("P1W", "2026-03-11T09:15:27.123456Z", "P7D")]
    [InlineData("P1M2DT3H", "2026-04-06T12:15:27.123456Z", "P33DT3H")]
    public async Task Durations_go_by_the_calendar(string duration, string now, string ahead)
    {
        var moved = await _client.MoveClockAsync($$"""{"advance":"{{duration}}"}""");

        (moved["now"], moved["ahead"]).ShouldBe((now, ahead));
    }

    [Fact]
    public async Task A_month_is_counted_from_what_the_clock_of_the_sandbox_shows_and_ends_with_the_month()
    {
        await _client.MoveClockAsync("""{"set":"2027-01-31T10:00:00"}""");

        (await _client.MoveClockAsync("""{"advance":"P1M"}"""))["now"].ShouldBe("2027-02-28T10:00:00Z");
        (await _client.MoveClockAsync("""{"advance":"P1M"}"""))["now"].ShouldBe("2027-03-28T10:00:00Z");
    }

    [Fact]
    public async Task Months_that_come_together_add_up()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => _client.MoveClockAsync("""{"advance":"P1M"}""")));

        (await _client.MoveClockAsync("""{"advance":86400.0}"""))["now"].ShouldBe("2027-03-05T09:15:27.123456Z");
    }

    [Theory]
    [InlineData(ApiKeyScopes.SandboxClock, 200)]
    [InlineData(ApiKeyScopes.All, 200)]
    [InlineData(ApiKeyScopes.All & ~ApiKeyScopes.SandboxClock, 403)]
    [InlineData(ApiKeyScopes.Tokenize, 403)]
    public async Task It_takes_a_scope_of_its_own(ApiKeyScopes scopes, int status)
    {
        using var client = _portal.ClientOf((await _portal.CreateKeyAsync(scopes: scopes)).Secret);

        var answer = await client.MoveClockAsync("""{"advance":1}""");

        ((int)answer.Status).ShouldBe(status);
        if (status == 403)
        {
            answer.ShouldBeProblem(403)["detail"].ShouldContain("sandbox:clock");
        }
    }

    [Fact]
    public async Task Moves_add_up_and_time_goes_on()
    {
        await _client.MoveClockAsync("""{"advance":"P1D"}""");
        _portal.Clock.Advance(TimeSpan.FromHours(1));

        var moved = await _client.MoveClockAsync("""{"advance":"P1D"}""");

        moved["ahead"].ShouldBe("P2D");
        Utc(moved["now"]).ShouldBe(RealNow.AddDays(2));
    }

    [Theory]
    [InlineData("""{"advance":-1}""", "Advance")]
    [InlineData("""{"advance":"-P1D"}""", "Advance")]
    [InlineData("""{"advance":"P200Y"}""", "Advance")]
    [InlineData("""{"advance":"P99999999999D"}""", "Advance")]
    [InlineData("""{"advance":"P1.5M"}""", "Advance")]
    [InlineData("""{"advance":1e30}""", "Advance")]
    [InlineData("""{"Advance":1}""", "Body")]
    [InlineData("""{"advance":"a day"}""", "Advance")]
    [InlineData("""{"advance":1.5}""", "Advance")]
    [InlineData("""{"advance":true}""", "Advance")]
    [InlineData("""{"set":"2026-03-04T09:15:27.123455Z"}""", "Set")]
    [InlineData("""{"set":"2200-01-01T00:00:00Z"}""", "Set")]
    [InlineData("""{"set":"9999-12-31T23:59:59Z"}""", "Set")]
    [InlineData("""{"set":"tomorrow"}""", "Set")]
    [InlineData("""{"set":5}""", "Set")]
    [InlineData("""{}""", "Body")]
    [InlineData("""{"advance":null}""", "Body")]
    [InlineData("""{"advance":1,"set":"2027-01-01T00:00:00Z"}""", "Body")]
    [InlineData("""{"advance":1,"back":1}""", "Body")]
    [InlineData("""[]""", "Body")]
    public async Task Anything_else_is_refused_and_moves_nothing(string body, string field)
    {
        (await _client.MoveClockAsync(body)).ShouldBeInvalid(field);

        (await _client.MoveClockAsync("""{"advance":0}"""))["ahead"].ShouldBe("PT0S");
    }

    [Fact]
    public async Task It_can_be_moved_to_the_last_moment_of_2199_and_no_further()
    {
        (await _client.MoveClockAsync("""{"set":"2199-12-31T23:59:59Z"}"""))["now"].ShouldBe("2199-12-31T23:59:59Z");

        (await _client.MoveClockAsync("""{"advance":2}""")).ShouldBeInvalid("Advance");
    }

    [Fact]
    public async Task Moves_that_come_together_do_not_pass_it_together()
    {
        var moves = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _client.MoveClockAsync("""{"advance":"P100Y"}""")));

        moves.Count(move => (int)move.Status == 200).ShouldBe(1);
        moves.Count(move => (int)move.Status == 400).ShouldBe(7);
    }

    [Fact]
    public async Task With_a_production_key_there_is_no_such_thing_and_no_need_to_look_at_the_body()
    {
        using var production = _portal.ProductionClient();

        (await production.MoveClockAsync("""{"advance":1}""")).ShouldBeProblem(404);
        (await production.MoveClockAsync("nonsense")).ShouldBeProblem(404);
    }

    [Fact]
    public async Task Neither_production_nor_another_location_moves_with_it()
    {
        using var production = _portal.ProductionClient();
        using var other = _portal.ClientOf((await _portal.CreateKeyAsync(location: await _portal.CreateLocationAsync())).Secret);
        var (mine, live, theirs) = (await _client.CreateAsync(ACard.None), await production.CreateAsync(ACard.None), await other.CreateAsync(ACard.None));

        await _client.MoveClockAsync("""{"advance":"P365D"}""");
        await _portal.KeepHouseAsync();

        (await _client.GetIntentAsync(mine))["status"].ShouldBe("Expired");
        (await production.GetIntentAsync(live))["status"].ShouldBe("Created");
        (await other.GetIntentAsync(theirs))["status"].ShouldBe("Created");
        Utc((await production.TokenizeAsync(ACard.None.ToJson()))["createdAt"]).ShouldBe(RealNow);
        Utc((await other.TokenizeAsync(ACard.None.ToJson()))["createdAt"]).ShouldBe(RealNow);
        (await other.MoveClockAsync("""{"advance":0}"""))["ahead"].ShouldBe("PT0S");
    }

    [Fact]
    public async Task A_token_lives_until_its_cards_last_month_has_ended_by_it()
    {
        var id = await _client.CreateAsync(new ACard { Expiry = "12/29" });

        await _client.MoveClockAsync("""{"set":"2030-01-01T11:59:59.999999Z"}""");
        (await _client.GetIntentAsync(id))["status"].ShouldBe("Authorized");
        await _client.MoveClockAsync("""{"set":"2030-01-01T12:00:00Z"}""");

        var read = (await _client.GetIntentAsync(id)).ShouldBeOk();
        read["status"].ShouldBe("CardExpired");
        read["updatedAt"].ShouldBe("2030-01-01T12:00:00Z");
        (await _client.TokenizeAsync(new ACard { Expiry = "12/29" }.ToJson())).ShouldBeOk()["status"].ShouldBe("CardExpired");
    }

    [Fact]
    public async Task It_stays_moved_over_a_restart()
    {
        var moved = await _client.MoveClockAsync("""{"advance":"P10DT1H"}""");
        await using var again = await _portal.RestartAsync();
        using var client = again.SandboxClient();

        var now = await client.MoveClockAsync("""{"advance":0}""");

        now["ahead"].ShouldBe("P10DT1H");
        Utc(now["now"]).ShouldBeGreaterThanOrEqualTo(Utc(moved["now"]));
    }

    [Fact]
    public async Task Idempotency_keys_live_by_the_real_time()
    {
        var first = await _portal.TokenizeAsync(new ACard(), ("idempotencyKey", "one"));
        await _client.MoveClockAsync("""{"advance":"P20D"}""");
        await _portal.KeepHouseAsync();

        (await _portal.TokenizeAsync(new ACard(), ("idempotencyKey", "one"))).ShouldBeOk().Body.ShouldBe(first.Body);
    }

    [Fact]
    public async Task An_idempotency_key_is_free_again_after_24_hours()
    {
        var first = await _portal.TokenizeAsync(new ACard(), ("idempotencyKey", "one"));
        _portal.Clock.Advance(TimeSpan.FromHours(24));
        await _portal.KeepHouseAsync();
        (await _portal.TokenizeAsync(new ACard(), ("idempotencyKey", "one"))).ShouldBeOk().Body.ShouldBe(first.Body, "24 hours are kept in full");

        _portal.Clock.Advance(TimeSpan.FromMicroseconds(1));
        await _portal.KeepHouseAsync();

        var second = (await _portal.TokenizeAsync(new ACard { Reference = "Another" }, ("idempotencyKey", "one"))).ShouldBeOk();
        second["id"].ShouldNotBe(first["id"], StringComparer.Ordinal);
        (await _client.GetIntentAsync(first["id"])).ShouldBeOk()["status"].ShouldBe("Authorized");
    }

    private static DateTime Utc(string text) => DateTime.Parse(text).ToUniversalTime();
}
