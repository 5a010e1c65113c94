using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.SetupIntents;

/// <summary>How long data that could reveal a card number is kept after its use (PCI DSS 3.2.1).</summary>
public sealed class RetainingCardDataTests : IAsyncLifetime
{
    private static readonly TimeSpan s_moment = TimeSpan.FromMicroseconds(1);
    private static readonly DateTimeOffset s_july = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private AVault _vault = null!;

    public async ValueTask InitializeAsync() => _vault = await AVault.OpenAsync();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(200)]
    public async Task Card_data_of_what_has_ended_is_kept_for_the_locations_days_and_then_is_gone_from_every_file(int? days)
    {
        if (days is { } set)
        {
            await _vault.RetainAsync(set);
        }

        var intent = await _vault.CreateAsync(expiry: "06/26");
        var (record, fingerprint) = Card(intent);
        var end = s_july.AddDays(days ?? 90);

        await KeepHouseAtAsync(end - s_moment);
        Card(intent).ShouldBe(new KeptCard(record, fingerprint));
        _vault.FilesContain(record!).ShouldBeTrue();
        await KeepHouseAtAsync(end);

        Card(intent).ShouldBe(KeptCard.Nothing);
        _vault.FilesContain(record!).ShouldBeFalse();
        _vault.FilesContain(fingerprint!).ShouldBeFalse();
        var kept = await _vault.GetAsync(intent.Id);
        kept.Status.ShouldBe(SetupIntentStatus.CardExpired);
        kept.UpdatedAt.ShouldBe(s_july, "its status did not change");
        kept.Card.ShouldNotBeNull().Masked.ToString().ShouldBe("41111111****1111");
        kept.Events.ShouldNotBeNull()[^1].ShouldBe(
            new SetupIntentEvent(SetupIntentEventType.CardDataDestroyed, end, "vault", "the retention period has ended"));
    }

    [Fact]
    public async Task A_retention_of_0_days_destroys_it_in_the_moment_it_ends()
    {
        await _vault.RetainAsync(0);
        var (expiring, unpaid) = (await _vault.CreateAsync(expiry: "06/26"), await _vault.CreateAsync("4456530000001013"));
        var record = Card(expiring).Record.ShouldNotBeNull();

        await KeepHouseAtAsync(AVault.Start.AddDays(30));

        foreach (var (intent, end) in new[] { (expiring, SetupIntentStatus.CardExpired), (unpaid, SetupIntentStatus.Expired) })
        {
            Card(intent).ShouldBe(KeptCard.Nothing);
            (await _vault.GetAsync(intent.Id)).Status.ShouldBe(end);
        }

        _vault.FilesContain(record).ShouldBeFalse();
    }

    [Fact]
    public async Task While_it_can_still_be_charged_card_data_is_kept_no_matter_what_the_retention()
    {
        await _vault.RetainAsync(0);
        var intent = await _vault.CreateAsync();

        await KeepHouseAtAsync(AVault.Start.AddDays(1000));

        Card(intent).Record.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(0)]
    public async Task Shortening_it_counts_for_what_has_ended_already(int days)
    {
        var intent = await _vault.CreateAsync(expiry: "06/26");
        await KeepHouseAtAsync(s_july.AddDays(20));
        Card(intent).Record.ShouldNotBeNull();

        await _vault.RetainAsync(days);
        await _vault.KeepHouseAsync();

        Card(intent).ShouldBe(KeptCard.Nothing);
    }

    [Fact]
    public async Task Prolonging_it_counts_for_what_has_ended_already()
    {
        var intent = await _vault.CreateAsync(expiry: "06/26");
        await KeepHouseAtAsync(s_july.AddDays(20));
        await _vault.RetainAsync(100);

        await KeepHouseAtAsync(s_july.AddDays(100) - s_moment);
        Card(intent).Record.ShouldNotBeNull();
        await KeepHouseAtAsync(s_july.AddDays(100));

        Card(intent).ShouldBe(KeptCard.Nothing);
    }

    [Fact]
    public async Task One_locations_retention_is_no_others()
    {
        var other = await _vault.NewTenantAsync();
        var (mine, theirs) = (await _vault.CreateAsync(expiry: "06/26"), await _vault.CreateAsync(expiry: "06/26", tenant: other));
        await _vault.RetainAsync(1);

        await KeepHouseAtAsync(s_july.AddDays(2));

        Card(mine).ShouldBe(KeptCard.Nothing);
        Card(theirs).Record.ShouldNotBeNull();
    }

    [Fact]
    public async Task Changing_it_brings_no_data_back_and_no_second_event()
    {
        var intent = await _vault.CreateAsync(expiry: "06/26");
        await KeepHouseAtAsync(s_july.AddDays(90));

        await _vault.RetainAsync(5);
        await KeepHouseAtAsync(s_july.AddDays(200));

        (await _vault.GetAsync(intent.Id)).Events.ShouldNotBeNull().Count(entry => entry.Type == SetupIntentEventType.CardDataDestroyed).ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deletion_destroys_card_data_no_matter_what_the_retention(bool isAuthorized)
    {
        await _vault.RetainAsync(1000);
        var intent = await _vault.CreateAsync(isAuthorized ? VaultSamples.Visa : "4456530000001013");
        var (record, fingerprint) = Card(intent);
        _vault.FilesContain(fingerprint.ShouldNotBeNull()).ShouldBeTrue();

        (await _vault.DeleteAsync(intent.Id, includeAuthorized: true)).IsSuccess.ShouldBeTrue();

        Card(intent).ShouldBe(KeptCard.Nothing);
        await _vault.KeepHouseAsync();
        _vault.FilesContain(fingerprint).ShouldBeFalse();
        (record is not null && _vault.FilesContain(record)).ShouldBeFalse();
        (record is not null).ShouldBe(isAuthorized);
    }

    private KeptCard Card(SetupIntent intent) => _vault.Ledger.CardOf(_vault.RecordIdOf(intent.Id));

    private async Task KeepHouseAtAsync(DateTimeOffset instant)
    {
        _vault.Clock.Advance(instant - _vault.Clock.GetUtcNow());
        await _vault.KeepHouseAsync();
    }
}
