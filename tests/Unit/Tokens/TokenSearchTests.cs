using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Tokens;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tests.Unit.Tokens;

/// <summary>The results that a search must return on every engine, compared with a search through all tokens in memory.</summary>
public sealed class TokenSearchTests : IAsyncLifetime
{
    private const int Tokens = 48;
    private static readonly string[] s_cards = [VaultSamples.Visa, VaultSamples.Amex, VaultSamples.Mastercard, "4456530000001013", "4242424242424242"];
    private static readonly string[] s_references =
        ["Booking 1", "Booking 10", "Booking 2", "booking 3", "100% off", "a_b", "a!b", "axb", "Zürich \U0001F4B3", "ZU\u0308RICH \U0001F4B3", "Booking 1", "\u00E9t\u00E9", "=SUM(A1)"];

    private readonly List<SetupIntent> _all = [];
    private TokenVault _vault = null!;

    /// <summary>How much of the data is indexed at the time of a search.</summary>
    public enum Indexed
    {
        /// <summary>Nothing.</summary>
        Nothing,

        /// <summary>The older half.</summary>
        Half,

        /// <summary>An older part, and the indexing of more was interrupted.</summary>
        Interrupted,

        /// <summary>Everything, but some tokens have changed since.</summary>
        AllBeforeChanges,

        /// <summary>Everything, in its current state.</summary>
        All,
    }

    // On PostgreSQL nothing is indexed in the background.
    private static IEnumerable<Indexed> Stages => PostgresServer.IsChosen ? [Indexed.AllBeforeChanges] : Enum.GetValues<Indexed>();

    public static TheoryData<Indexed, TokenSort> Ways => [.. from indexed in Stages from sort in Enum.GetValues<TokenSort>() select (indexed, sort)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ITokenSearchStore Store => _vault.Get<ITokenSearchStore>();

    private static IEnumerable<TokenSearch> Searches => from text in Texts from rest in Others select rest with { ReferencePrefix = text.Prefix, ReferencePart = text.Part };

    private static IEnumerable<(string? Prefix, string? Part)> Texts =>
        [(null, null), ("Booking 1", null), ("\U0001F4B3", null), (null, "ooking"), (null, "BOOKING"), (null, "0%"), (null, "a_b"), (null, "!"), ("Booking", "1"), ("zurich", null), (null, "ÜRICH"), ("ÉTÉ", null)];

    private static IEnumerable<TokenSearch> Others =>
    [
        new(), new() { Statuses = [SetupIntentStatus.Authorized] }, new() { Statuses = [SetupIntentStatus.Closed] }, new() { Schemes = [CardScheme.Visa] },
        new() { Statuses = [SetupIntentStatus.Created, SetupIntentStatus.Canceled, SetupIntentStatus.Closed] }, new() { Schemes = [CardScheme.Visa, CardScheme.AmericanExpress] },
        new() { Statuses = [SetupIntentStatus.Closed, SetupIntentStatus.Authorized], Schemes = [CardScheme.Mastercard, CardScheme.Visa], LastFour = "4242" },
        new() { LastFour = "1111" }, new() { LastFour = "9999" },
        new() { CreatedFrom = TokenVault.Start.AddMinutes(10), CreatedTo = TokenVault.Start.AddMinutes(31) },
        new() { Statuses = [SetupIntentStatus.Authorized], Schemes = [CardScheme.Visa], LastFour = "4242", CreatedFrom = TokenVault.Start.AddMinutes(5) },
    ];

    public async ValueTask InitializeAsync()
    {
        _vault = await TokenVault.OpenAsync();
        var (stranger, production) = (await _vault.Vault.NewTenantAsync(), _vault.Tenant with { Environment = TenantEnvironment.Production });
        for (var i = 0; i < Tokens; i++)
        {
            _all.Add(await _vault.CreateAsync(s_references[i % s_references.Length], i % 7 == 0 ? null : s_cards[i % s_cards.Length]));
            _vault.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await _vault.CreateAsync("Booking 1", tenant: stranger);
        using var request = VaultSamples.Request("Booking 1", VaultSamples.Unlisted, rule: Tokenization.Validation.TestCardRule.Refused);
        await _vault.Get<ISetupIntentService>().CreateAsync(new Caller(production, "key:1"), request, null);
    }

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Every_search_finds_exactly_what_it_should_page_by_page(Indexed indexed, TokenSort sort)
    {
        await IndexAsync(indexed);
        foreach (var search in Searches.Select(search => search with { Sort = sort }))
        {
            var expected = Oracle(search).ToList();
            foreach (var size in new[] { 3, 100 })
            {
                (await AllPagesAsync(search, size)).ShouldBe(expected.Select(intent => intent.Id), $"{search} by {size}");
            }

            (await Store.CountAsync(_vault.Tenant, search, 5, Ct)).ShouldBe(Math.Min(5, expected.Count));
            var (first, count) = await Store.SearchAndCountAsync(_vault.Tenant, search, limit: 3, countUpTo: 5, Ct);
            first.Select(token => TokenOf(token.RecordId)).ShouldBe(expected.Take(3).Select(intent => intent.Id), $"{search}");
            count.ShouldBe(Math.Min(5, expected.Count), $"{search}");
        }
    }

    [Fact]
    public async Task A_search_beside_the_index_being_written_misses_nothing_and_shows_nothing_twice()
    {
        var expected = Oracle(new TokenSearch()).Select(intent => intent.Id).ToList();
        var indexing = IndexOneByOneAsync();
        var searches = 0;
        do
        {
            (await AllPagesAsync(new TokenSearch(), 100)).ShouldBe(expected);
            searches++;
        }
        while (!indexing.IsCompleted);

        await indexing;
        searches.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Tokens_are_picked_by_the_same_conditions_as_they_are_listed()
    {
        await IndexAsync(Indexed.Half);
        var ids = _all.Select(intent => RecordIdOf(intent.Id)).ToList();
        foreach (var search in Searches)
        {
            (await Store.PickAsync(_vault.Tenant, search, ids, Ct)).Select(token => TokenOf(token.RecordId)).ShouldBe(Oracle(search).Select(intent => intent.Id));
        }
    }

    [Fact]
    public async Task Another_account_or_environment_finds_its_own_alone()
    {
        var elsewhere = _vault.Tenant with { Environment = TenantEnvironment.Production };
        foreach (var indexed in new[] { Indexed.Nothing, Indexed.All })
        {
            await IndexAsync(indexed);
            foreach (var search in new[] { new TokenSearch(), new TokenSearch { ReferencePrefix = "Booking 1" }, new TokenSearch { ReferencePart = "1", Sort = TokenSort.Reference } })
            {
                (await Store.SearchAsync(elsewhere, search, null, 100, Ct)).ShouldHaveSingleItem();
                (await Store.CountAsync(elsewhere, search, 100, Ct)).ShouldBe(1);
                (await Store.PickAsync(elsewhere, search, [.. _all.Select(intent => RecordIdOf(intent.Id))], Ct)).ShouldBeEmpty();
                (await Store.SearchAsync(_vault.Tenant with { Account = new AccountId(4711) }, search, null, 100, Ct)).ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public async Task A_row_shows_what_its_token_is()
    {
        await IndexAsync(Indexed.Half);

        var rows = await Store.SearchAsync(_vault.Tenant, new TokenSearch { Sort = TokenSort.Oldest }, null, 100, Ct);

        foreach (var (row, intent) in rows.Zip(_all))
        {
            (TokenOf(row.RecordId), row.Status, row.CreatedAt, row.Reference, row.Card, row.CreatedBy)
                .ShouldBe((intent.Id, intent.Status, intent.CreatedAt, intent.Reference, intent.Card, "key:12"));
        }
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("a\uD7FF", "a\uE000")]
    [InlineData("a\U0010FFFF", "b")]
    public void The_end_of_a_prefix_is_the_first_text_after_all_that_begin_with_it(string prefix, string end) => TextRange.EndOf(prefix).ShouldBe(end);

    [Fact]
    public void Nothing_that_a_reference_can_be_comes_after_the_last_character() => TextRange.EndOf("\U0010FFFF").Length.ShouldBeGreaterThan(2 * TokenSearch.LongestText);

    private async Task InterruptIndexingAsync()
    {
        var middle = (TokenVault.Start.AddMinutes(Tokens / 2) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        await _vault.ExecuteAsync($"CREATE TRIGGER cut BEFORE INSERT ON token_index WHEN NEW.created_at > {middle} BEGIN SELECT RAISE(ABORT, 'power cut'); END");
        await Should.ThrowAsync<Exception>(() => _vault.Get<ITokenIndex>().CatchUpAsync(Tokens, atOnce: 5));
        await _vault.ExecuteAsync("DROP TRIGGER cut");
        (await _vault.QueryAsync<bool>("SELECT at_id > indexed_up_to AND at_id < indexing_up_to FROM token_index_progress")).ShouldBe([true]);
    }

    private async Task IndexOneByOneAsync()
    {
        while (await _vault.Get<ITokenIndex>().CatchUpAsync(1, atOnce: 128) == 1)
        {
            await Task.Yield();
        }
    }

    private async Task IndexAsync(Indexed indexed)
    {
        if (indexed == Indexed.Half)
        {
            await _vault.Get<ITokenIndex>().CatchUpAsync(Tokens / 2, atOnce: 128);
        }
        else if (indexed == Indexed.Interrupted)
        {
            await _vault.Get<ITokenIndex>().CatchUpAsync(Tokens / 4, atOnce: 128);
            await InterruptIndexingAsync();
        }
        else if (indexed != Indexed.Nothing)
        {
            await _vault.IndexAsync();
        }

        for (var i = 1; i < _all.Count; i += 5)
        {
            if (_all[i].Status is SetupIntentStatus.Created or SetupIntentStatus.Authorized)
            {
                await _vault.DeleteAsync(_all[i]);
                _all[i] = (await _vault.Get<ISetupIntentService>().GetAsync(_vault.Tenant, _all[i].Id, Ct)).Value.ShouldNotBeNull();
            }
        }

        if (indexed == Indexed.All)
        {
            await _vault.IndexAsync();
        }
    }

    private async Task<List<string>> AllPagesAsync(TokenSearch search, int size)
    {
        var found = new List<string>();
        IReadOnlyList<FoundToken> page;
        long? after = null;
        do
        {
            page = await Store.SearchAsync(_vault.Tenant, search, after, size, Ct);
            found.AddRange(page.Select(token => TokenOf(token.RecordId)));
            after = page.Count > 0 ? page[^1].RecordId : after;
        }
        while (page.Count == size);
        return found;
    }

    private IEnumerable<SetupIntent> Oracle(TokenSearch search)
    {
        var matching = _all.Where(intent =>
            (search.Statuses.Count == 0 || search.Statuses.Contains(intent.Status))
            && (search.Schemes.Count == 0 || (intent.Card is { } card && search.Schemes.Contains(card.Scheme)))
            && (search.LastFour is null || intent.Card?.Masked.LastFour == search.LastFour)
            && (search.CreatedFrom is null || intent.CreatedAt >= search.CreatedFrom)
            && (search.CreatedTo is null || intent.CreatedAt < search.CreatedTo)
            && (search.ReferencePrefix is null || FoldedText.Of(intent.Reference).StartsWith(FoldedText.Of(search.ReferencePrefix), StringComparison.Ordinal))
            && (search.ReferencePart is null || FoldedText.Of(intent.Reference).Contains(FoldedText.Of(search.ReferencePart), StringComparison.Ordinal)));
        return search.Sort switch
        {
            TokenSort.Oldest => matching,
            TokenSort.Reference => matching.OrderBy(intent => Convert.ToHexString(VaultSamples.Utf8(FoldedText.Of(intent.Reference))), StringComparer.Ordinal),
            TokenSort.ReferenceDescending => matching.Reverse().OrderByDescending(intent => Convert.ToHexString(VaultSamples.Utf8(FoldedText.Of(intent.Reference))), StringComparer.Ordinal),
            _ => matching.Reverse(),
        };
    }

    private long RecordIdOf(string token) => _vault.Get<SetupIntentIds>().RecordIdOf(_vault.Tenant.Environment, token);

    private string TokenOf(long recordId) => _vault.Get<SetupIntentIds>().TokenOf(_vault.Tenant.Environment, recordId);
}
