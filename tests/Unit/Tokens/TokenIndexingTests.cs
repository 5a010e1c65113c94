using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Housekeeping;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tests.Unit.Tokens;

public sealed class TokenIndexingTests : IAsyncLifetime
{
    private const string IndexSql =
        "SELECT status || ' ' || outcome || ' ' || COALESCE(card_scheme, '-') || ' ' || COALESCE(card_last_four, '-') || ' ' || reference FROM token_index ORDER BY setup_intent_id";

    private TokenVault _vault = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _vault = await TokenVault.OpenAsync();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task A_round_takes_in_all_that_has_changed_and_leaves_no_note()
    {
        await _vault.CreateAsync("A");
        var closed = await _vault.CreateAsync("B", VaultSamples.Amex);
        await _vault.CreateAsync("C", card: null);
        await _vault.IndexAsync();
        await _vault.DeleteAsync(closed);
        await _vault.IndexAsync();

        (await _vault.QueryAsync<string>(IndexSql)).ShouldBe(
            ["Authorized Authorized Visa 1111 A", "Closed Authorized AmericanExpress 0005 B", "Created Created - - C"]);
        (await CountAsync("token_last_fours")).ShouldBe(2);
        (await _vault.Get<ITokenIndex>().IsBehindAsync(Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_batch_ends_where_it_is_told_to_and_the_next_goes_on_there()
    {
        for (var i = 0; i < 5; i++)
        {
            await _vault.CreateAsync();
        }

        var index = _vault.Get<ITokenIndex>();
        (await index.CatchUpAsync(2)).ShouldBe(2);
        (await CountAsync("token_index")).ShouldBe(2);
        (await index.CatchUpAsync(2)).ShouldBe(2);
        (await index.CatchUpAsync(2)).ShouldBe(1);
        (await index.CatchUpAsync(2)).ShouldBe(0);
        (await CountAsync("token_index")).ShouldBe(5);
    }

    [Fact]
    public async Task A_batch_that_fails_halfway_leaves_everything_as_it_was()
    {
        await _vault.CreateAsync();
        await _vault.ExecuteAsync("CREATE TRIGGER crash BEFORE INSERT ON token_last_fours BEGIN SELECT RAISE(ABORT, 'power cut'); END");
        await Should.ThrowAsync<Exception>(_vault.IndexAsync);

        (await CountAsync("token_index")).ShouldBe(0);
        (await CountAsync("token_counts")).ShouldBe(0);
        (await CountAsync("token_changes")).ShouldBe(1);

        await _vault.ExecuteAsync("DROP TRIGGER crash");
        await _vault.IndexAsync();
        (await CountAsync("token_index")).ShouldBe(1);
        (await _vault.QueryAsync<long>("SELECT SUM(tokens) FROM token_counts")).ShouldBe([1]);
    }

    [Fact]
    public async Task Noted_again_as_by_its_migration_it_is_built_anew_alike()
    {
        var tokens = new[] { await _vault.CreateAsync("A"), await _vault.CreateAsync("B", "4456530000001013"), await _vault.CreateAsync("C", card: null) };
        await _vault.DeleteAsync(tokens[0]);
        await _vault.IndexAsync();
        var (index, counts) = (await _vault.QueryAsync<string>(IndexSql), await CountsAsync());

        await _vault.ExecuteAsync("DELETE FROM token_index; DELETE FROM token_last_fours; DELETE FROM token_fingerprints; DELETE FROM token_counts;");
        await _vault.ExecuteAsync("INSERT INTO token_changes (account_id, location_id, environment, setup_intent_id) SELECT account_id, location_id, environment, id FROM setup_intents");
        await _vault.IndexAsync();

        (await _vault.QueryAsync<string>(IndexSql)).ShouldBe(index);
        (await CountsAsync()).ShouldBe(counts);
        (await CountAsync("token_fingerprints")).ShouldBe(1);
    }

    [Fact]
    public async Task A_change_that_is_noted_twice_is_counted_once()
    {
        await _vault.CreateAsync();
        await _vault.ExecuteAsync("INSERT INTO token_changes (account_id, location_id, environment, setup_intent_id) SELECT account_id, location_id, environment, id FROM setup_intents");
        await _vault.IndexAsync();
        await _vault.ExecuteAsync("INSERT INTO token_changes (account_id, location_id, environment, setup_intent_id) SELECT account_id, location_id, environment, id FROM setup_intents");
        await _vault.IndexAsync();

        (await _vault.QueryAsync<long>("SELECT SUM(tokens) FROM token_counts")).ShouldBe([1]);
    }

    [Fact]
    public async Task A_destroyed_fingerprint_leaves_the_index_at_once_and_does_not_come_back()
    {
        var (indexed, noted) = (await _vault.CreateAsync(), await _vault.CreateAsync());
        await _vault.IndexAsync();
        await _vault.DeleteAsync(indexed);
        (await CountAsync("token_fingerprints")).ShouldBe(1);

        await _vault.DeleteAsync(noted);
        (await CountAsync("token_fingerprints")).ShouldBe(0);
        await _vault.IndexAsync();
        (await CountAsync("token_fingerprints")).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_destroyed_after_its_retention_is_gone_from_the_files_with_what_was_indexed_of_it()
    {
        await _vault.Get<IAccountStore>().SetRetentionAsync(_vault.Tenant.Location, 5, Ct);
        await _vault.CreateAsync(expiry: "06/26");
        await _vault.IndexAsync();
        var kept = (await _vault.QueryAsync<string>("SELECT hex(fingerprint) FROM token_fingerprints")).ShouldHaveSingleItem();
        await _vault.Get<Housekeeper>().RunOnceAsync(Ct);
        FilesContain(kept).ShouldBeTrue();

        _vault.Clock.Advance(TimeSpan.FromDays(30));
        await _vault.Get<Housekeeper>().RunOnceAsync(Ct);

        (await CountAsync("token_fingerprints")).ShouldBe(0);
        FilesContain(kept).ShouldBeFalse();
    }

    [Fact]
    public void It_catches_up_every_second() => ((IRound)_vault.Get<TokenIndexing>()).Pause.ShouldBe(TimeSpan.FromSeconds(1));

    private async Task<long> CountAsync(string table) => (await _vault.QueryAsync<long>($"SELECT COUNT(*) FROM {table}"))[0];

    private Task<IReadOnlyList<string>> CountsAsync() =>
        _vault.QueryAsync<string>("SELECT hour || ' ' || outcome || ' ' || tokens FROM token_counts WHERE tokens > 0 ORDER BY 1");

    private bool FilesContain(string hex) => _vault.Vault.Directory.ReadAllData().AsSpan().IndexOf(Convert.FromHexString(hex)) >= 0;
}
