using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Integrity;
using Dojo.Pci.Tokenization.SetupIntents;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.Crypto;

/// <summary>A database from before the manifest gets one at its first start, once, and its tokens get their seals.</summary>
[Trait("Engine", "Sqlite")]
public sealed class UpgradedKeysTests : IDisposable
{
    private readonly VaultDirectory _directory = new();
    private readonly FakeTimeProvider _clock = Clocks.New();
    private Tenant _tenant;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Its_keys_stay_and_its_tokens_are_usable_and_sealed()
    {
        var token = await MakeOldAsync();

        await using var vault = await OpenAsync();

        var check = await vault.Get<IVaultCheck>().CheckAsync(sample: null, Ct);
        check.Faults.ShouldBeEmpty();
        check.CheckedCards.ShouldBe(1);
        (await vault.Get<ISetupIntentService>().GetAsync(_tenant, token, Ct)).Value.ShouldNotBeNull().Status.ShouldBe(SetupIntentStatus.Authorized);
        _directory.Single("SELECT COUNT(*) FROM data_keys").ShouldBe(14);
        _directory.Single("SELECT COUNT(*) FROM setup_intents WHERE seal IS NULL").ShouldBe(0);
    }

    [Fact]
    public async Task What_an_interrupted_first_start_has_left_unsealed_the_next_seals()
    {
        await MakeOldAsync();
        _directory.Execute("CREATE TRIGGER no_seals BEFORE UPDATE ON setup_intents BEGIN SELECT RAISE(ABORT, 'interrupted'); END");
        await Should.ThrowAsync<Exception>(async () => await (await OpenAsync()).DisposeAsync());
        _directory.Single("SELECT COUNT(*) FROM setup_intents WHERE seal IS NULL").ShouldBe(1);
        _directory.Execute("DROP TRIGGER no_seals");

        await using var vault = await OpenAsync();

        (await vault.Get<IVaultCheck>().CheckAsync(sample: null, Ct)).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_that_loses_its_seal_afterwards_is_damaged_and_not_sealed_again()
    {
        await MakeOldAsync();
        await (await OpenAsync()).DisposeAsync();
        _directory.Execute("UPDATE setup_intents SET seal = NULL");

        await using var vault = await OpenAsync();

        (await vault.Get<IVaultCheck>().CheckAsync(sample: null, Ct)).Faults.ShouldHaveSingleItem().ShouldContain("its row is not what was sealed");
        _directory.Single("SELECT COUNT(*) FROM setup_intents WHERE seal IS NULL").ShouldBe(1);
    }

    [Fact]
    public async Task A_token_that_contradicts_its_history_is_not_sealed()
    {
        await MakeOldAsync();
        _directory.Execute("UPDATE setup_intents SET status = 'Completed'");

        await using var vault = await OpenAsync();

        _directory.Single("SELECT COUNT(*) FROM setup_intents WHERE seal IS NULL").ShouldBe(1);
        (await vault.Get<IVaultCheck>().CheckAsync(sample: null, Ct)).Faults.ShouldContain(fault => fault == "1 tokens have a status that their history contradicts.");
    }

    [Theory]
    [InlineData("DELETE FROM data_keys WHERE purpose = 'Identifier' AND environment = 0", "Data key for Identifier, Sandbox is missing")]
    [InlineData("DELETE FROM data_keys WHERE purpose = 'Fingerprint' AND environment = 1", "Data key for Fingerprint, Production is missing")]
    [InlineData("DELETE FROM data_keys WHERE purpose = 'Idempotency' AND environment = 1", "Data key for Idempotency, Production is missing")]
    [InlineData("DELETE FROM data_keys WHERE purpose = 'Card' AND environment = 0", "Data key for Card, Sandbox is missing")]
    [InlineData("UPDATE setup_intents SET client_secret_expires_at = 1; DELETE FROM data_keys WHERE purpose = 'ClientSecret'", "Data key for ClientSecret, Sandbox is missing")]
    [InlineData("INSERT INTO portal_keys (name, xml) VALUES ('a', '<key/>'); DELETE FROM data_keys WHERE purpose = 'Portal'", "Data key for Portal, Sandbox is missing")]
    [InlineData("UPDATE setup_intents SET card_record = unhex(substr(hex(card_record), 1, 2) || '0000000D' || substr(hex(card_record), 11))", "Data key 13 is missing: cards are sealed with it")]
    [InlineData("DELETE FROM data_keys", "The database holds data but no data keys")]
    [InlineData("UPDATE data_keys SET state = 'Retired' WHERE id = 1", "Data key 1 does not authenticate")]
    public async Task A_database_whose_keys_are_not_all_there_is_not_taken_over(string loss, string fault)
    {
        await MakeOldAsync();
        _directory.Execute(loss);

        var refusal = await Should.ThrowAsync<StartRefusedException>(async () => await (await OpenAsync()).DisposeAsync());

        refusal.Faults[0].ShouldStartWith(fault);
        _directory.Single("SELECT COUNT(*) FROM data_key_manifest").ShouldBe(0);
    }

    [Fact]
    public async Task Keys_of_purposes_that_came_later_are_made_where_nothing_needs_them()
    {
        await MakeOldAsync();
        _directory.Execute("DELETE FROM data_keys WHERE purpose IN ('ClientSecret', 'Portal')");

        await (await OpenAsync()).DisposeAsync();

        _directory.Single("SELECT COUNT(*) FROM data_keys").ShouldBe(14);
    }

    private Task<TestVault> OpenAsync() => TestVault.OpenAsync(_directory, _clock);

    private async Task<string> MakeOldAsync()
    {
        string token;
        await using (var vault = await OpenAsync())
        {
            _tenant = await vault.NewTenantAsync();
            using var request = VaultSamples.Request();
            token = (await vault.Get<ISetupIntentService>().CreateAsync(new Caller(_tenant, "key:1"), request, null)).Value!.Id;
        }

        OldDatabase.MakeOf(_directory);
        return token;
    }
}
