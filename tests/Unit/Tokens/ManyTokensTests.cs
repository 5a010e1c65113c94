using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Dojo.Pci.Tests.Unit.Tokens;

/// <summary>Searches on PostgreSQL that find more tokens than are examined one by one.</summary>
[Trait("Engine", "Postgres")]
[Trait("Length", "Long")]
public sealed class ManyTokensTests : IAsyncLifetime
{
    private const int Tokens = 4500;

    private static readonly (TokenSearch Search, string Condition)[] s_searches =
    [
        (new TokenSearch(), "TRUE"),
        (new TokenSearch { ReferencePrefix = "BOOKING" }, "id % 2 = 0"),
        (new TokenSearch { ReferencePart = "king" }, "id % 2 = 0"),
        (new TokenSearch { ReferencePart = "king 7" }, "reference LIKE 'Booking 7%'"),
        (new TokenSearch { ReferencePrefix = "booking", Statuses = [SetupIntentStatus.Closed] }, "id % 2 = 0 AND status = 'Closed'"),
        (new TokenSearch { ReferencePart = "o", Statuses = [SetupIntentStatus.Closed, SetupIntentStatus.Created], Schemes = [CardScheme.Visa, CardScheme.AmericanExpress] }, "card_scheme IN ('Visa', 'AmericanExpress')"),
        (new TokenSearch { Statuses = [SetupIntentStatus.Created], Schemes = [CardScheme.Visa, CardScheme.Mastercard] }, "status = 'Created' AND card_scheme = 'Visa'"),
        (new TokenSearch { Statuses = [SetupIntentStatus.Created, SetupIntentStatus.Closed], Schemes = [.. Enum.GetValues<CardScheme>()] }, "TRUE"),
        (new TokenSearch { LastFour = "0003" }, "card_last_four = '0003'"),
        (new TokenSearch { LastFour = "9999" }, "FALSE"),
        (new TokenSearch { Statuses = [SetupIntentStatus.Created], CreatedFrom = DateTimeOffset.UnixEpoch.AddSeconds(1000) }, "status = 'Created' AND created_at >= 1000000000"),
    ];

    private readonly string _target = PostgresServer.Shared.CreateDatabase();
    private TestVault _vault = null!;
    private Tenant _tenant;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _vault = await TestVault.OpenAsync(replace: services => services.PostConfigure<StorageOptions>(
            options => (options.Provider, options.ConnectionString) = (StorageProvider.Postgres, PostgresServer.AsService(_target))));
        _tenant = await _vault.NewTenantAsync();
        using var connection = Connect();
        connection.Execute(
            """
            INSERT INTO setup_intents (id, account_id, location_id, environment, status, created_at, updated_at, reference, card_scheme, card_last_four)
            SELECT id, @account, @location, @environment, CASE WHEN id % 3 = 0 THEN 'Closed' ELSE 'Created' END, id / 2 * 1000000::bigint, 1,
                   CASE WHEN id % 2 = 0 THEN 'Booking ' ELSE 'Order ' END || id / 4, CASE WHEN id % 100 = 0 THEN 'AmericanExpress' ELSE 'Visa' END, lpad((id % 7)::text, 4, '0')
              FROM generate_series(1, @Tokens) AS t (id)
            """,
            new { account = _tenant.Account.Value, location = _tenant.Location.Value, environment = (int)_tenant.Environment, Tokens });
    }

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        PostgresServer.Shared.DropDatabase(_target);
    }

    [Theory]
    [InlineData(TokenSort.Newest, "created_at DESC, id DESC")]
    [InlineData(TokenSort.Oldest, "created_at, id")]
    [InlineData(TokenSort.Reference, "folded_reference, created_at, id")]
    [InlineData(TokenSort.ReferenceDescending, "folded_reference DESC, created_at DESC, id DESC")]
    public async Task Every_page_of_every_search_has_what_it_should_in_its_order(TokenSort sort, string order)
    {
        var store = _vault.Get<ITokenSearchStore>();
        using var connection = Connect();
        foreach (var (search, condition) in s_searches)
        {
            var expected = connection.Query<long>($"SELECT id FROM setup_intents WHERE {condition} ORDER BY {order}").AsList();
            long? after = null;
            var found = new List<long>();
            while (await store.SearchAsync(_tenant, search with { Sort = sort }, after, 900, Ct) is { Count: > 0 } page)
            {
                found.AddRange(page.Select(token => token.RecordId));
                after = found[^1];
            }

            found.ShouldBe(expected, $"{search}");
            var (first, count) = await store.SearchAndCountAsync(_tenant, search with { Sort = sort }, limit: 900, countUpTo: 1001, Ct);
            first.Select(token => token.RecordId).ShouldBe(expected.Take(900), $"{search}");
            count.ShouldBe(Math.Min(1001, expected.Count), $"{search}");
        }
    }

    private NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection(_target);
        connection.Open();
        return connection;
    }
}
