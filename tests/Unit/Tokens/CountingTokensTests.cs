using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tests.Unit.Tokens;

public sealed class CountingTokensTests : IAsyncLifetime
{
    private const string Declining = "4456530000001013";
    private TokenVault _vault = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _vault = await TokenVault.OpenAsync();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tokens_are_counted_by_hour_and_outcome_whether_indexed_or_not(bool indexed)
    {
        await _vault.CreateAsync();
        await _vault.CreateAsync(card: Declining);
        await _vault.CreateAsync(card: null);
        _vault.Clock.Advance(TimeSpan.FromHours(3));
        await _vault.CreateAsync();
        await _vault.CreateAsync(expiry: "01/20");
        if (indexed)
        {
            await _vault.IndexAsync();
        }

        var figures = await MetricsAsync();

        figures.Now.ShouldBe(TokenVault.Start.AddHours(3));
        figures.Hours.Count.ShouldBe(48);
        figures.Hours[^1].From.ShouldBe(new DateTimeOffset(2026, 6, 15, 12, 0, 0, TimeSpan.Zero));
        figures.Hours[^1].ByOutcome.ShouldBe(new Dictionary<TokenOutcome, long> { [TokenOutcome.Authorized] = 1, [TokenOutcome.CardExpired] = 1 }, ignoreOrder: true);
        figures.Hours[^4].ByOutcome.ShouldBe(
            new Dictionary<TokenOutcome, long> { [TokenOutcome.Authorized] = 1, [TokenOutcome.Declined] = 1, [TokenOutcome.Created] = 1 }, ignoreOrder: true);
        figures.Hours.Sum(hour => hour.Total).ShouldBe(5);
        figures.Days.Count.ShouldBe(60);
        figures.Days[^1].From.ShouldBe(new DateTimeOffset(2026, 6, 15, 0, 0, 0, TimeSpan.Zero));
        figures.Days[^1].Of(TokenOutcome.Authorized).ShouldBe(2);
        figures.HasTokens.ShouldBeTrue();
    }

    [Fact]
    public async Task What_becomes_of_a_token_later_does_not_change_what_came_of_its_card()
    {
        var token = await _vault.CreateAsync();
        await _vault.IndexAsync();
        await _vault.DeleteAsync(token);

        (await MetricsAsync()).Days[^1].ByOutcome.ShouldBe([new(TokenOutcome.Authorized, 1)]);
        await _vault.IndexAsync();
        (await MetricsAsync()).Days[^1].ByOutcome.ShouldBe([new(TokenOutcome.Authorized, 1)]);
    }

    [Fact]
    public async Task An_answer_that_comes_late_moves_the_token_to_its_outcome()
    {
        var token = await _vault.CreateAsync(card: null);
        await _vault.IndexAsync();
        var id = _vault.Get<Tokenization.SetupIntents.SetupIntentIds>().RecordIdOf(_vault.Tenant.Environment, token.Id);
        await _vault.ExecuteAsync($"""
            INSERT INTO setup_intent_events (setup_intent_id, position, type, at, actor, cause) VALUES ({id}, 1, 'Declined', 1, 'issuer', 'the issuer had declined');
            UPDATE setup_intents SET attempt_id = 'x' WHERE id = {id};
            """);

        (await MetricsAsync()).Days[^1].ByOutcome.ShouldBe([new(TokenOutcome.Declined, 1)]);
        await _vault.IndexAsync();
        (await MetricsAsync()).Days[^1].ByOutcome.ShouldBe([new(TokenOutcome.Declined, 1)]);
    }

    [Fact]
    public async Task The_parts_of_a_number_add_up_to_it_no_matter_what_came_of_the_cards()
    {
        await _vault.CreateAsync();
        await _vault.CreateAsync();
        await _vault.CreateAsync(card: Declining);
        await _vault.CreateAsync(card: null);
        await _vault.CreateAsync(expiry: "01/20");
        await _vault.IndexAsync();
        await _vault.CreateAsync(card: Declining);

        var day = (await MetricsAsync()).Last(24);

        day.Total.ShouldBe(6);
        day.Parts.ShouldBe([(TokenOutcome.Authorized, 2L), (TokenOutcome.Declined, 2L), (TokenOutcome.CardExpired, 1L), (TokenOutcome.Created, 1L)]);
        day.Parts.Sum(part => part.Tokens).ShouldBe(day.Total);
    }

    [Fact]
    public void Every_outcome_is_a_part()
    {
        var outcomes = Enum.GetValues<TokenOutcome>();
        var count = new TokenCount(default, outcomes.ToDictionary(outcome => outcome, outcome => (long)outcome + 1));

        count.Parts.Select(part => part.Outcome).ShouldBe(outcomes, ignoreOrder: true);
        count.Parts.Sum(part => part.Tokens).ShouldBe(count.Total);
        TokenCount.Sum([count, count]).Total.ShouldBe(2 * count.Total);
        TokenCount.Sum([]).Total.ShouldBe(0);
    }

    [Theory]
    [InlineData("UTC", 2, 0)]
    [InlineData("America/Los_Angeles", 1, 1)]
    [InlineData("Pacific/Kiritimati", 2, 0)]
    public async Task Days_are_those_of_a_zone(string name, int today, int yesterday)
    {
        TimeZones.TryFind(name, out var zone).ShouldBeTrue();
        var midnight = new DateTimeOffset(2026, 6, 16, 0, 0, 0, TimeSpan.Zero);
        _vault.Clock.Advance(midnight.AddHours(1) - _vault.Clock.GetUtcNow()); // 18:00 in Los Angeles, 15:00 on Kiritimati
        await _vault.CreateAsync();
        _vault.Clock.Advance(TimeSpan.FromHours(7)); // 01:00 of the next day in Los Angeles
        await _vault.CreateAsync();

        var figures = (await _vault.Get<ITokenMetrics>().GetAsync(_vault.Member(), _vault.Tenant, zone, Ct)).Value!;

        figures.Days.Count.ShouldBe(60);
        figures.Days[^1].From.ShouldBe(TimeZones.StartOf(TimeZones.DayOf(_vault.Clock.GetUtcNow(), zone), zone));
        (figures.Days[^1].Total, figures.Days[^2].Total).ShouldBe((today, yesterday));
    }

    [Fact]
    public async Task Only_the_last_sixty_days_are_shown()
    {
        await _vault.CreateAsync();
        await _vault.IndexAsync();
        _vault.Clock.Advance(TimeSpan.FromDays(60));

        var figures = await MetricsAsync();

        figures.Days.ShouldAllBe(day => day.Total == 0);
        figures.HasTokens.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_place_is_not_counted_and_another_accounts_place_does_not_exist()
    {
        var stranger = await _vault.Vault.NewTenantAsync();
        await _vault.CreateAsync(tenant: stranger);
        await _vault.IndexAsync();

        (await MetricsAsync()).HasTokens.ShouldBeFalse();
        (await MetricsAsync(_vault.Tenant with { Environment = TenantEnvironment.Production })).HasTokens.ShouldBeFalse();
        (await AskAsync(stranger)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await AskAsync(_vault.Tenant with { Location = stranger.Location })).Refusal.ShouldBeOfType<Refusal.NotFound>();
    }

    [Fact]
    public async Task Every_role_sees_figures()
    {
        foreach (var role in Enum.GetValues<MemberRole>())
        {
            (await _vault.Get<ITokenMetrics>().GetAsync(_vault.Member(role), _vault.Tenant, TimeZoneInfo.Utc, Ct)).IsSuccess.ShouldBeTrue();
        }
    }

    private Task<Result<TokenMetrics>> AskAsync(Tenant tenant) => _vault.Get<ITokenMetrics>().GetAsync(_vault.Member(), tenant, TimeZoneInfo.Utc, Ct);

    private async Task<TokenMetrics> MetricsAsync(Tenant? tenant = null) => (await AskAsync(tenant ?? _vault.Tenant)).Value.ShouldNotBeNull();
}
