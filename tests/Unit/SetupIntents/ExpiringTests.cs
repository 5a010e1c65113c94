using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.SetupIntents;

/// <summary>The effects of time on setup intents, to the microsecond.</summary>
public sealed class ExpiringTests : IAsyncLifetime
{
    private static readonly TimeSpan s_moment = TimeSpan.FromMicroseconds(1);
    private static readonly DateTimeOffset s_july = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private AVault _vault = null!;

    public async ValueTask InitializeAsync() => _vault = await AVault.OpenAsync();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("4456530000001013")]
    public async Task What_is_only_created_expires_after_30_days(string? card)
    {
        var intent = await _vault.CreateAsync(card);

        await ShouldEndAtAsync(intent.Id, AVault.Start.AddDays(30), SetupIntentStatus.Expired, "expireAt has passed");
    }

    [Fact]
    public async Task The_default_lifetime_can_be_set()
    {
        await using var other = await AVault.OpenAsync(configure: options => options.DefaultLifetime = TimeSpan.FromHours(2));
        var intent = await other.CreateAsync(card: null);

        other.Clock.Advance(TimeSpan.FromHours(2) - s_moment);
        (await other.GetAsync(intent.Id)).Status.ShouldBe(SetupIntentStatus.Created);
        other.Clock.Advance(s_moment);
        (await other.GetAsync(intent.Id)).Status.ShouldBe(SetupIntentStatus.Expired);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("4456530000001013")]
    public async Task What_says_when_expires_then(string? card)
    {
        var intent = await _vault.CreateAsync(card, expireAt: AVault.Start.AddHours(1));

        await ShouldEndAtAsync(intent.Id, AVault.Start.AddHours(1), SetupIntentStatus.Expired, "expireAt has passed");
    }

    [Fact]
    public async Task What_is_authorized_outlives_its_expireAt()
    {
        var intent = await _vault.CreateAsync(expireAt: AVault.Start.AddHours(1));
        var other = await _vault.CreateAsync();
        _vault.Clock.Advance(TimeSpan.FromDays(900));

        (await _vault.GetAsync(intent.Id)).Status.ShouldBe(SetupIntentStatus.Authorized);
        (await _vault.GetAsync(other.Id)).Status.ShouldBe(SetupIntentStatus.Authorized);
    }

    [Fact]
    public async Task An_authorized_card_ends_at_noon_of_the_day_after_its_month()
    {
        var intent = await _vault.CreateAsync(expiry: "06/26");

        await ShouldEndAtAsync(intent.Id, s_july, SetupIntentStatus.CardExpired, "the card's last month has ended");
    }

    [Fact]
    public async Task A_declined_card_can_end_before_its_setup_intent_does()
    {
        var intent = await _vault.CreateAsync("4456530000001013", "06/26", expireAt: s_july + s_moment);

        await ShouldEndAtAsync(intent.Id, s_july, SetupIntentStatus.CardExpired, "the card's last month has ended");
    }

    [Fact]
    public async Task A_setup_intent_can_end_before_its_declined_card_does()
    {
        var intent = await _vault.CreateAsync("4456530000001013", "06/26", expireAt: s_july - s_moment);

        await ShouldEndAtAsync(intent.Id, s_july - s_moment, SetupIntentStatus.Expired, "expireAt has passed");
    }

    [Theory]
    [InlineData(-1, SetupIntentStatus.Expired)]
    [InlineData(1, SetupIntentStatus.CardExpired)]
    public async Task What_came_first_wins_also_when_nobody_looked_for_a_year(int microseconds, SetupIntentStatus end)
    {
        var intent = await _vault.CreateAsync("4456530000001013", "06/26", expireAt: s_july.AddMicroseconds(microseconds));
        _vault.Clock.Advance(TimeSpan.FromDays(365));

        var seen = await _vault.GetAsync(intent.Id);

        seen.Status.ShouldBe(end);
        seen.UpdatedAt.ShouldBe(microseconds < 0 ? s_july.AddMicroseconds(microseconds) : s_july);
    }

    [Fact]
    public async Task Housekeeping_expires_what_nobody_reads()
    {
        var (unpaid, expiring, good) = (await _vault.CreateAsync(card: null), await _vault.CreateAsync(expiry: "06/26"), await _vault.CreateAsync());
        _vault.Clock.Advance(TimeSpan.FromDays(30));

        await _vault.KeepHouseAsync();

        (await _vault.StoredStatusAsync(unpaid.Id)).ShouldBe(SetupIntentStatus.Expired);
        (await _vault.StoredStatusAsync(expiring.Id)).ShouldBe(SetupIntentStatus.CardExpired);
        (await _vault.StoredStatusAsync(good.Id)).ShouldBe(SetupIntentStatus.Authorized);
        _vault.Ledger.EventsOf(_vault.RecordIdOf(expiring.Id))[^1].ShouldBe(
            new SetupIntentEvent(SetupIntentEventType.CardExpired, s_july, "vault", "the card's last month has ended"));
    }

    [Fact]
    public async Task Housekeeping_takes_more_than_fits_into_one_batch()
    {
        var intents = new List<SetupIntent>();
        for (var i = 0; i < 205; i++)
        {
            intents.Add(await _vault.CreateAsync(card: null));
        }

        _vault.Clock.Advance(TimeSpan.FromDays(30));
        await _vault.KeepHouseAsync();

        foreach (var intent in intents)
        {
            (await _vault.StoredStatusAsync(intent.Id)).ShouldBe(SetupIntentStatus.Expired);
        }
    }

    [Fact]
    public async Task A_list_expires_what_is_due_before_it_filters()
    {
        var intent = await _vault.CreateAsync(card: null);
        _vault.Clock.Advance(TimeSpan.FromDays(30));

        (await _vault.ListAsync(new SetupIntentFilter(SetupIntentStatus.Created))).ShouldBeEmpty();
        (await _vault.ListAsync(new SetupIntentFilter(SetupIntentStatus.Expired))).Single().Id.ShouldBe(intent.Id);
        (await _vault.StoredStatusAsync(intent.Id)).ShouldBe(SetupIntentStatus.Expired);
    }

    [Fact]
    public async Task Anyone_who_deletes_what_is_due_is_told_that_it_has_ended()
    {
        var intent = await _vault.CreateAsync(card: null);
        _vault.Clock.Advance(TimeSpan.FromDays(30));

        (await _vault.DeleteAsync(intent.Id)).Refusal.ShouldNotBeNull().ToString()!.ShouldContain("Expired");
        (await _vault.StoredStatusAsync(intent.Id)).ShouldBe(SetupIntentStatus.Expired);
    }

    /// <summary>Reads the setup intent a moment before, and at, the instant.</summary>
    private async Task ShouldEndAtAsync(string id, DateTimeOffset instant, SetupIntentStatus end, string cause)
    {
        var before = (await _vault.GetAsync(id)).Status;
        _vault.Clock.Advance(instant - s_moment - _vault.Clock.GetUtcNow());
        (await _vault.GetAsync(id)).Status.ShouldBe(before);
        _vault.Clock.Advance(s_moment);

        var ended = await _vault.GetAsync(id);

        ended.Status.ShouldBe(end);
        ended.UpdatedAt.ShouldBe(instant);
        ended.Events.ShouldNotBeNull()[^1].ShouldBe(new SetupIntentEvent(Enum.Parse<SetupIntentEventType>(end.ToString()), instant, "vault", cause));
    }
}
