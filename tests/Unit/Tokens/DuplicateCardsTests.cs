using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Integrity;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tests.Unit.Tokens;

public sealed class DuplicateCardsTests : IAsyncLifetime
{
    private TokenVault _vault = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ITokenBrowser Browser => _vault.Get<ITokenBrowser>();

    public async ValueTask InitializeAsync() => _vault = await TokenVault.OpenAsync();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task A_card_with_several_tokens_is_listed_once_with_its_mask_statuses_and_latest_references()
    {
        foreach (var reference in new[] { "A", "B", "C" })
        {
            await _vault.CreateAsync(reference);
        }

        await _vault.CreateAsync("D", expiry: "05/26");
        await _vault.CreateAsync("E", VaultSamples.Amex);
        await _vault.CreateAsync("F", card: null);
        await _vault.IndexAsync();

        var card = (await PageAsync()).Items.ShouldHaveSingleItem();
        card.Card.Masked.ToString().ShouldBe((await Browser.SearchAsync(_vault.Member(), _vault.Tenant, new TokenSearch(), null, 10, Ct)).Value!.Items[^1].Card!.Masked.ToString());
        card.Count.ShouldBe(new CappedCount(4, IsCapped: false));
        card.Statuses.ShouldBe([new StatusCount(SetupIntentStatus.Authorized, 3), new StatusCount(SetupIntentStatus.CardExpired, 1)]);
        card.Newest.Select(token => token.Reference).ShouldBe(["D", "C", "B"]);
    }

    [Fact]
    public async Task A_status_is_as_it_is_now_and_a_token_that_came_later_is_added()
    {
        await _vault.CreateAsync("A");
        await _vault.CreateAsync("B");
        await _vault.IndexAsync();
        await _vault.ExecuteAsync("UPDATE setup_intents SET status = 'Completed' WHERE reference = 'A'");
        (await PageAsync()).Items.ShouldHaveSingleItem().Statuses.Select(count => count.Status).ShouldBe([SetupIntentStatus.Authorized, SetupIntentStatus.Completed]);

        await _vault.CreateAsync();
        await _vault.IndexAsync();
        (await PageAsync()).Items.ShouldHaveSingleItem().Count.Value.ShouldBe(3);
    }

    [Trait("Engine", "Sqlite")]
    [Fact]
    public async Task A_token_that_commits_after_later_ones_were_taken_in_is_grouped_too()
    {
        await _vault.CreateAsync("A");
        await _vault.CreateAsync("B", VaultSamples.Amex);
        await _vault.IndexAsync();
        await _vault.ExecuteAsync("UPDATE token_index_progress SET indexed_up_to = indexed_up_to + 100000000000000, indexing_up_to = indexed_up_to + 100000000000000");
        await _vault.ExecuteAsync("UPDATE token_index_progress SET indexing_up_to = indexed_up_to, grouped_up_to = indexed_up_to");
        await _vault.CreateAsync("C");
        await _vault.IndexAsync();

        (await PageAsync()).Items.ShouldHaveSingleItem().Newest.Select(token => token.Reference).ShouldBe(["C", "A"]);
    }

    [Fact]
    public async Task Pages_follow_each_other_with_the_card_used_last_first()
    {
        foreach (var card in new[] { VaultSamples.Visa, VaultSamples.Amex, VaultSamples.Mastercard })
        {
            await _vault.CreateAsync(card: card);
            await _vault.CreateAsync(card: card);
        }

        await _vault.CreateAsync("last", VaultSamples.Visa);
        await _vault.IndexAsync();

        var first = await PageAsync(limit: 2);
        first.Items.Select(card => card.Count.Value).ShouldBe([3, 2]);
        var second = await PageAsync(first.After, limit: 2);
        second.Items.ShouldHaveSingleItem();
        second.After.ShouldBeNull();
        first.Items.Concat(second.Items).Select(card => card.Card.Scheme).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task Destroyed_card_data_leaves_nothing_by_which_tokens_could_be_grouped()
    {
        await _vault.CreateAsync("A");
        await _vault.CreateAsync("B");
        await _vault.CreateAsync("C");
        await _vault.IndexAsync();
        await _vault.ExecuteAsync("UPDATE setup_intents SET card_fingerprint = NULL, card_record = NULL WHERE reference = 'C'");
        (await PageAsync()).Items.ShouldHaveSingleItem().Newest.Select(token => token.Reference).ShouldBe(["B", "A"]);

        await _vault.ExecuteAsync("UPDATE setup_intents SET card_fingerprint = NULL, card_record = NULL");
        (await PageAsync()).Items.ShouldBeEmpty();
        (await _vault.QueryAsync<long>("SELECT (SELECT COUNT(*) FROM card_tokens) + (SELECT COUNT(*) FROM duplicate_cards)")).ShouldBe([0]);
    }

    [Fact]
    public async Task Cards_of_other_locations_and_environments_are_not_mixed_in()
    {
        var airport = await _vault.NewLocationAsync();
        await _vault.CreateAsync();
        await _vault.CreateAsync(tenant: airport);
        await _vault.IndexAsync();

        (await PageAsync()).Items.ShouldBeEmpty();
        var stranger = await _vault.Vault.NewTenantAsync();
        (await Browser.ListDuplicateCardsAsync(_vault.Member(of: stranger), _vault.Tenant, null, 20, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Browser.ListDuplicateCardsAsync(_vault.Member(MemberRole.Auditor), _vault.Tenant, null, 20, Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await Browser.ListDuplicateCardsAsync(_vault.Member(), _vault.Tenant, "nonsense", 20, Ct)).Refusal.ShouldBeOfType<Refusal.Invalid>();
    }

    [Trait("Engine", "Sqlite")]
    [Fact]
    public async Task The_check_of_the_database_finds_a_token_that_is_missing_from_its_card()
    {
        await _vault.CreateAsync();
        await _vault.IndexAsync();
        (await _vault.Get<IIntegrityStore>().FindFaultsAsync(Ct)).ShouldBeEmpty();

        await _vault.ExecuteAsync("DELETE FROM card_tokens");
        (await _vault.Get<IIntegrityStore>().FindFaultsAsync(Ct)).ShouldHaveSingleItem().ShouldContain("grouped");
    }

    [Fact]
    public async Task The_check_of_the_database_finds_a_card_that_is_not_listed_and_one_that_is_listed_without_reason()
    {
        await _vault.CreateAsync();
        await _vault.CreateAsync();
        await _vault.CreateAsync(card: VaultSamples.Amex);
        await _vault.IndexAsync();
        (await _vault.Get<IIntegrityStore>().FindFaultsAsync(Ct)).ShouldBeEmpty();

        await _vault.ExecuteAsync("UPDATE duplicate_cards SET card = (SELECT card FROM card_tokens ORDER BY setup_intent_id DESC LIMIT 1)");

        (await _vault.Get<IIntegrityStore>().FindFaultsAsync(Ct)).ShouldBe(["2 cards are wrongly listed as duplicates, or wrongly not listed."]);
    }

    [Trait("Engine", "Sqlite")]
    [Fact]
    public async Task The_list_and_what_is_read_of_each_card_pass_over_no_table()
    {
        string[] statements =
        [
            "SELECT card FROM duplicate_cards WHERE location_id = 1 AND environment = 0 AND newest_id < 9 ORDER BY newest_id DESC LIMIT 20",
            "SELECT s.status FROM (SELECT setup_intent_id FROM card_tokens WHERE location_id = 1 AND environment = 0 AND card = x'00' ORDER BY setup_intent_id DESC LIMIT 1001) AS newest JOIN setup_intents s ON s.id = newest.setup_intent_id",
        ];
        foreach (var statement in statements)
        {
            var plan = await _vault.QueryAsync<(long Id, long Parent, long NotUsed, string Detail)>($"EXPLAIN QUERY PLAN {statement}");
            plan.ShouldAllBe(step => !step.Detail.StartsWith("SCAN setup_intents", StringComparison.Ordinal) && !step.Detail.StartsWith("SCAN card_tokens", StringComparison.Ordinal)
                && !step.Detail.StartsWith("SCAN duplicate_cards", StringComparison.Ordinal) && !step.Detail.Contains("TEMP B-TREE", StringComparison.Ordinal));
        }
    }

    private async Task<DuplicateCardPage> PageAsync(string? after = null, int limit = 20) =>
        (await Browser.ListDuplicateCardsAsync(_vault.Member(), _vault.Tenant, after, limit, Ct)).Value.ShouldNotBeNull();
}
