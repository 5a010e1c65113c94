using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.PaymentIntents;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Integrity;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.SetupIntents;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.SetupIntents;

/// <summary>An attacker with write access to the database file who restores or edits a row cannot charge anything with it.</summary>
public sealed class PutBackTokensTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 6, 15, 9, 30, 0, TimeSpan.Zero));
    private ChargingVault _vault = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _vault = await ChargingVault.OpenAsync(_clock);

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task A_closed_token_whose_row_is_put_back_is_neither_shown_nor_charged_nor_closed_again()
    {
        var token = await _vault.TokenizeAsync();
        var payment = await _vault.PrepareAsync(token.Id);
        Tamper("CREATE TABLE copy AS SELECT * FROM setup_intents");
        (await _vault.DeleteTokenAsync(token.Id)).IsSuccess.ShouldBeTrue();

        Tamper($"DELETE FROM setup_intents; INSERT INTO setup_intents ({SetupIntentRow.Columns.Names}, seal) SELECT {SetupIntentRow.Columns.Names}, seal FROM copy");

        await ShouldBeUselessAsync(token, payment);
    }

    [Theory]
    [InlineData("status = 'Authorized', card_record = (SELECT card_record FROM copy)")]
    [InlineData("status = 'Authorized', card_record = (SELECT card_record FROM copy), seal = (SELECT seal FROM copy)")]
    [InlineData("status = 'Authorized', card_record = (SELECT card_record FROM copy), seal = NULL")]
    [InlineData("status = 'Authorized', card_record = (SELECT card_record FROM copy), seal = zeroblob(16)")]
    [InlineData("status = 'Completed', transaction_type = 'Unscheduled', card_record = (SELECT card_record FROM copy)")]
    public async Task A_closed_token_whose_row_is_edited_is_of_no_use(string edit)
    {
        await _vault.AllowRepeatedChargesAsync();
        var token = await _vault.TokenizeAsync();
        var payment = await _vault.PrepareAsync(token.Id);
        Tamper("CREATE TABLE copy AS SELECT * FROM setup_intents");
        (await _vault.DeleteTokenAsync(token.Id)).IsSuccess.ShouldBeTrue();

        Tamper($"UPDATE setup_intents SET {edit}");

        await ShouldBeUselessAsync(token, payment);
    }

    [Theory]
    [InlineData("status = 'Completed'")]
    [InlineData("transaction_type = 'NoShow'")]
    [InlineData("card_expiry = 203912")]
    [InlineData("updated_at = updated_at + 1")]
    [InlineData("attempt_id = 'another'")]
    [InlineData("charged_by = 1")]
    [InlineData("card_record = NULL")]
    [InlineData("status = printf('%01000d', 1)")]
    [InlineData("seal = (SELECT b.seal FROM setup_intents b WHERE b.id <> setup_intents.id)")]
    public async Task An_edit_of_what_decides_is_found(string edit)
    {
        var token = await _vault.TokenizeAsync();
        var payment = await _vault.PrepareAsync(token.Id);
        await _vault.TokenizeAsync();

        Tamper($"UPDATE setup_intents SET {edit} WHERE id = (SELECT MIN(id) FROM setup_intents)");

        await ShouldBeUselessAsync(token, payment);
    }

    [Fact]
    public async Task A_charge_that_is_under_way_is_not_hidden_by_taking_its_mark_away()
    {
        var token = await _vault.TokenizeAsync();
        var payment = await _vault.PrepareAsync(token.Id);
        var other = await _vault.PrepareAsync(token.Id);
        await _vault.BeginAndCrashAsync(payment);

        Tamper("UPDATE setup_intents SET charged_by = NULL");

        await Should.ThrowAsync<DamagedRecordException>(() => _vault.TryChargeAsync(other));
    }

    [Fact]
    public async Task What_became_of_the_money_is_recorded_also_where_the_token_was_changed_meanwhile()
    {
        var token = await _vault.TokenizeAsync();
        var payment = await _vault.PrepareAsync(token.Id);
        await _vault.BeginAndCrashAsync(payment);
        Tamper("UPDATE setup_intents SET status = 'Closed'");
        _clock.Advance(TimeSpan.FromMinutes(3));

        await _vault.KeepHouseAsync();

        (await _vault.GetStoredAsync(payment)).Attempt.ShouldBeNull();
        Single("SELECT COUNT(*) FROM setup_intents WHERE charged_by IS NOT NULL").ShouldBe(1);
    }

    [Fact]
    public async Task A_payment_intent_that_is_put_back_is_not_charged_again()
    {
        await _vault.AllowRepeatedChargesAsync();
        var token = await _vault.TokenizeAsync();
        var payment = await _vault.PrepareAsync(token.Id);
        Tamper("CREATE TABLE copy AS SELECT * FROM payment_intents");
        (await _vault.ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);
        Tamper("DELETE FROM payment_intents; INSERT INTO payment_intents SELECT * FROM copy");

        await Should.ThrowAsync<DamagedRecordException>(() => _vault.TryChargeAsync(payment));

        (await FindFaultsAsync()).ShouldContain(fault => fault == "1 payment intents have a status that their history contradicts.");
    }

    [Fact]
    public async Task A_token_keeps_its_seal_through_everything_that_can_happen_to_it()
    {
        await _vault.AllowRepeatedChargesAsync();
        var (charged, closed, untouched) = (await _vault.TokenizeAsync(), await _vault.TokenizeAsync(), await _vault.TokenizeAsync(expiry: "07/26"));
        (await _vault.ChargeAsync(await _vault.PrepareAsync(charged.Id))).ShouldBe(ChargeStatus.Successful);
        (await _vault.ChargeAsync(await _vault.PrepareAsync(charged.Id))).ShouldBe(ChargeStatus.Successful);
        (await _vault.DeleteTokenAsync(closed.Id)).IsSuccess.ShouldBeTrue();
        await _vault.PrepareAsync(untouched.Id);
        (await FindFaultsAsync()).ShouldBeEmpty();

        _clock.Advance(TimeSpan.FromDays(60));
        await _vault.KeepHouseAsync();
        (await FindFaultsAsync()).ShouldBeEmpty();

        _clock.Advance(TimeSpan.FromDays(120));
        await _vault.KeepHouseAsync();
        (await FindFaultsAsync()).ShouldBeEmpty();
        Single("SELECT COUNT(*) FROM setup_intents WHERE card_record IS NOT NULL").ShouldBe(0);
    }

    [Fact]
    public async Task Time_destroys_the_card_of_a_changed_row_as_of_any_other_and_the_row_stays_a_finding()
    {
        await _vault.TokenizeAsync(expiry: "07/26");
        Tamper("UPDATE setup_intents SET transaction_type = 'NoShow'");

        _clock.Advance(TimeSpan.FromDays(200));
        await _vault.KeepHouseAsync();

        Single("SELECT COUNT(*) FROM setup_intents WHERE card_record IS NOT NULL").ShouldBe(0);
        (await FindFaultsAsync()).ShouldContain(fault => fault.Contains("its row is not what was sealed", StringComparison.Ordinal));
    }

    private async Task ShouldBeUselessAsync(SetupIntent token, PaymentIntent payment)
    {
        await Should.ThrowAsync<DamagedRecordException>(() => _vault.GetTokenAsync(token.Id));
        await Should.ThrowAsync<DamagedRecordException>(() => _vault.TryPrepareAsync(token.Id));
        await Should.ThrowAsync<DamagedRecordException>(() => _vault.TryChargeAsync(payment));
        await Should.ThrowAsync<DamagedRecordException>(() => _vault.DeleteTokenAsync(token.Id));
        _vault.Acquirer.TimesCharged.ShouldBe(0);
        (await FindFaultsAsync()).ShouldContain(fault => fault.Contains(token.Id, StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> FindFaultsAsync() => (await _vault.Get<IVaultCheck>().CheckAsync(sample: null, Ct)).Faults;

    private void Tamper(string sql) => _vault.Directory.Tamper(sql);

    private long Single(string sql) => _vault.Directory.Single(sql);
}
