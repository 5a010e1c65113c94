using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tests.Unit.Tokens;

[Trait("Engine", "Sqlite")]
public sealed class TokenIndexingTests : IAsyncLifetime
{
    private const string IndexSql =
        "SELECT status || ' ' || outcome || ' ' || COALESCE(card_scheme, '-') || ' ' || COALESCE(card_last_four, '-') || ' ' || folded_reference FROM token_index ORDER BY setup_intent_id";

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
            ["Authorized Authorized Visa 1111 a", "Closed Authorized AmericanExpress 0005 b", "Created Created - - c"]);
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
        (await index.CatchUpAsync(2, atOnce: 128)).ShouldBe(2);
        (await CountAsync("token_index")).ShouldBe(2);
        (await index.CatchUpAsync(2, atOnce: 128)).ShouldBe(2);
        (await index.CatchUpAsync(2, atOnce: 128)).ShouldBe(1);
        (await index.CatchUpAsync(2, atOnce: 128)).ShouldBe(0);
        (await CountAsync("token_index")).ShouldBe(5);
    }

    [Fact]
    public async Task A_batch_that_fails_halfway_leaves_everything_as_it_was()
    {
        await _vault.CreateAsync();
        await _vault.ExecuteAsync("CREATE TRIGGER crash BEFORE INSERT ON token_counts WHEN NEW.tokens > 0 BEGIN SELECT RAISE(ABORT, 'power cut'); END");
        await Should.ThrowAsync<Exception>(_vault.IndexAsync);

        (await CountAsync("token_index")).ShouldBe(0);
        (await CountAsync("token_counts")).ShouldBe(0);
        (await _vault.Get<ITokenIndex>().IsBehindAsync(Ct)).ShouldBeTrue();

        await _vault.ExecuteAsync("DROP TRIGGER crash");
        await _vault.IndexAsync();
        (await CountAsync("token_index")).ShouldBe(1);
        (await _vault.QueryAsync<long>("SELECT SUM(tokens) FROM token_counts")).ShouldBe([1]);
    }

    [Fact]
    public async Task A_token_that_changes_between_being_read_and_being_put_in_is_found_as_it_is_now()
    {
        await _vault.CreateAsync("A");
        await _vault.CreateAsync("B");
        await _vault.ExecuteAsync("""
            CREATE TRIGGER meanwhile BEFORE INSERT ON token_index WHEN NEW.folded_reference = 'a' BEGIN
                UPDATE setup_intents SET status = 'Closed' WHERE reference = 'B';
            END
            """);

        (await _vault.Get<ITokenIndex>().CatchUpAsync(2, atOnce: 128)).ShouldBe(2, "both new ones, and no room for what was noted meanwhile");
        var found = await _vault.Get<ITokenSearchStore>().SearchAsync(_vault.Tenant, new TokenSearch { Sort = TokenSort.Oldest }, null, 10, Ct);
        found.Select(token => (token.Reference, $"{token.Status}")).ShouldBe([("A", "Authorized"), ("B", "Closed")]);

        await _vault.IndexAsync();
        (await _vault.QueryAsync<string>(IndexSql)).ShouldBe(["Authorized Authorized Visa 1111 a", "Closed Authorized Visa 1111 b"]);
        (await _vault.QueryAsync<long>("SELECT SUM(tokens) FROM token_counts")).ShouldBe([2]);
    }

    [Fact]
    public async Task Tokens_are_found_in_every_segment_and_a_segment_ends_at_1024_of_a_tenant()
    {
        await _vault.CreateAsync("The first", VaultSamples.Amex);
        await Task.WhenAll(Enumerable.Range(0, 5200).Select(number => _vault.CreateAsync($"{number}")));
        await _vault.IndexAsync();
        await _vault.CreateAsync("The last", VaultSamples.Amex);
        await _vault.IndexAsync();

        (await _vault.QueryAsync<string>("SELECT segment || ': ' || COUNT(*) FROM token_index GROUP BY segment ORDER BY segment"))
            .ShouldBe(["0: 1024", "1: 1024", "2: 1024", "3: 1024", "4: 1024", "5: 82"]);
        (await FindAsync(new TokenSearch { LastFour = "0005" })).ShouldBe(["The last", "The first"]);
        (await FindAsync(new TokenSearch { Schemes = [CardScheme.AmericanExpress] })).ShouldBe(["The last", "The first"]);
        (await FindAsync(new TokenSearch { Schemes = [CardScheme.AmericanExpress], LastFour = "0005" })).ShouldBe(["The last", "The first"]);
        (await FindAsync(new TokenSearch { Schemes = [CardScheme.Visa], LastFour = "0005" })).ShouldBeEmpty();
        (await FindAsync(new TokenSearch { ReferencePart = "FIRS" })).ShouldBe(["The first"]);
        (await FindAsync(new TokenSearch { ReferencePart = "he last", Sort = TokenSort.Reference })).ShouldBe(["The last"]);
        (await FindAsync(new TokenSearch { ReferencePart = "the " })).ShouldBe(["The last", "The first"]);
        (await FindAsync(new TokenSearch { ReferencePart = "other" })).ShouldBeEmpty();
        (await FindAsync(new TokenSearch { ReferencePart = "519" })).ShouldBe(["5199", "5198", "5197", "5196", "5195", "5194", "5193", "5192", "5191", "5190", "4519", "3519", "2519", "1519", "519"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_token_that_comes_late_is_found_by_its_last_four_digits_and_by_part_of_its_reference()
    {
        await _vault.CreateAsync("early");
        await _vault.IndexAsync();
        await _vault.ExecuteAsync("UPDATE token_index_progress SET indexed_up_to = indexed_up_to + 1, indexing_up_to = indexing_up_to + 1");

        await _vault.CreateAsync("at last", VaultSamples.Amex);
        await _vault.IndexAsync();

        (await CountAsync("token_changes")).ShouldBe(0);
        (await FindAsync(new TokenSearch { LastFour = "0005" })).ShouldBe(["at last"]);
        (await FindAsync(new TokenSearch { ReferencePart = "LAST" })).ShouldBe(["at last"]);
        (await FindAsync(new TokenSearch { ReferencePart = "earl" })).ShouldBe(["early"]);
    }

    [Fact]
    public async Task Begun_from_nothing_it_is_built_anew_alike()
    {
        var tokens = new[] { await _vault.CreateAsync("A"), await _vault.CreateAsync("B", "4456530000001013"), await _vault.CreateAsync("C", card: null) };
        await _vault.DeleteAsync(tokens[0]);
        await _vault.IndexAsync();
        var (index, counts) = (await _vault.QueryAsync<string>(IndexSql), await CountsAsync());

        // The procedure of docs/operations.md.
        await _vault.ExecuteAsync(
            "DELETE FROM token_index; DELETE FROM token_segments; DELETE FROM token_schemes; DELETE FROM token_counts; DELETE FROM token_changes; "
            + "UPDATE token_index_progress SET indexed_up_to = 0, indexing_up_to = 0, at_location = 0, at_environment = 0, at_created = 0, at_id = 0;");
        await _vault.IndexAsync();

        (await _vault.QueryAsync<string>(IndexSql)).ShouldBe(index);
        (await CountsAsync()).ShouldBe(counts);
        (await FindAsync(new TokenSearch { LastFour = "1013" })).ShouldBe(["B"]);
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
    public async Task A_token_that_is_committed_after_later_ones_were_indexed_is_found_and_counted_like_any()
    {
        var early = _vault.Get<SetupIntentIds>().Next();
        await _vault.CreateAsync("Later");
        await _vault.IndexAsync();
        var later = (await _vault.Get<ISetupIntentStore>().ListAsync(_vault.Tenant, new SetupIntentPage(10, null, null, new SetupIntentFilter()), Ct)).ShouldHaveSingleItem();
        early.ShouldBeLessThan(later.RecordId);

        await _vault.Get<ISetupIntentStore>().InsertAsync(later with { RecordId = early, Reference = "Early" }, [], idempotencyKeyHash: null);

        foreach (var index in new[] { () => Task.CompletedTask, _vault.IndexAsync })
        {
            await index();
            var found = await _vault.Get<ITokenSearchStore>().SearchAsync(_vault.Tenant, new TokenSearch { Sort = TokenSort.Reference }, null, 10, Ct);
            found.Select(token => token.Reference).ShouldBe(["Early", "Later"]);
            (await _vault.Get<ITokenCounts>().ListAsync(_vault.Tenant, 0, Ct)).Sum(count => count.Tokens).ShouldBe(2);
        }
    }

    [Fact]
    public async Task The_reader_for_what_is_not_indexed_begins_where_the_index_ends()
    {
        var plan = await _vault.QueryAsync<(long Id, long Parent, long Unused, string Detail)>(
            "EXPLAIN QUERY PLAN SELECT id FROM unindexed_tokens WHERE account_id = 1 AND location_id = 1 AND environment = 0 ORDER BY created_at DESC, id DESC LIMIT 50");

        // No step scans all tokens or builds a temporary index over them.
        plan.Select(step => step.Detail).Where(detail => detail.Contains("setup_intents", StringComparison.Ordinal)).ShouldBe(
            ["SEARCH setup_intents USING INTEGER PRIMARY KEY (rowid>?)", "SEARCH setup_intents USING INTEGER PRIMARY KEY (rowid=?)"]);
    }

    [Fact]
    public async Task A_commit_only_appends() =>

        // Inserting into the middle of an index would cost each new token extra pages: only an index with few rows is allowed.
        (await _vault.QueryAsync<string>(
            "SELECT i.name FROM pragma_index_list('setup_intents') i UNION ALL SELECT i.name FROM pragma_index_list('setup_intent_events') i WHERE i.origin <> 'pk'"))
            .ShouldBe(["ix_setup_intents_attempt"]);

    [Fact]
    public async Task Nothing_is_written_behind_from_which_a_card_number_could_be_learned() =>
        (await _vault.QueryAsync<string>(
            "SELECT DISTINCT c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND (t.name LIKE 'token!_%' ESCAPE '!' OR t.name IN ('card_tokens', 'duplicate_cards')) AND c.name LIKE 'card%' ORDER BY 1"))
            .ShouldBe(["card", "card_last_four", "card_scheme"], "card is the beginning of the fingerprint, a keyed hash");

    [Fact]
    public void It_catches_up_every_second() => ((IBackgroundJob)_vault.Get<TokenIndexing>()).Pause.ShouldBe(TimeSpan.FromSeconds(1));

    private async Task<long> CountAsync(string table) => (await _vault.QueryAsync<long>($"SELECT COUNT(*) FROM {table}"))[0];

    private async Task<IEnumerable<string>> FindAsync(TokenSearch search) =>
        (await _vault.Get<ITokenSearchStore>().SearchAsync(_vault.Tenant, search, null, 100, Ct)).Select(token => token.Reference);

    private Task<IReadOnlyList<string>> CountsAsync() =>
        _vault.QueryAsync<string>("SELECT hour || ' ' || outcome || ' ' || tokens FROM token_counts WHERE tokens > 0 ORDER BY 1");
}
