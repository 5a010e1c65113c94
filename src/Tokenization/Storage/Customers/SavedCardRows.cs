using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Integrity;

namespace Dojo.Pci.Tokenization.Storage.Customers;

/// <summary>
/// The table of saved cards, for the stores of customers and of setup intents. Each row is sealed: otherwise an attacker who can write rows could pay with
/// other people's cards (docs/adr/0017-authenticated-state.md).
/// </summary>
internal sealed class SavedCardRows(TokenSealer sealer, SealedTokens tokens)
{
    /// <summary>The most saved cards of one customer.</summary>
    public const int MostCards = 100;

    private const string MayAddSql = """
        SELECT EXISTS (
                SELECT 1
                  FROM customers
                 WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @customer AND deleted_at IS NULL)
           AND (SELECT COUNT(*)
                  FROM customer_cards c
                  JOIN setup_intents s ON s.id = c.setup_intent_id
                 WHERE c.customer_id = @customer AND s.status = 'Authorized') < @mostCards
        """;

    private const string AddSql = "INSERT INTO customer_cards (setup_intent_id, customer_id, seal) VALUES (@token, @customer, @seal)";

    private const string ListSql = """
        SELECT c.setup_intent_id AS Token, c.customer_id AS Customer, c.seal AS Seal
          FROM customer_cards c
          JOIN setup_intents s ON s.id = c.setup_intent_id
         WHERE c.customer_id = @customer AND s.status = 'Authorized'
         ORDER BY c.setup_intent_id DESC
        """;

    private const string FindSql = "SELECT setup_intent_id AS Token, customer_id AS Customer, seal AS Seal FROM customer_cards WHERE setup_intent_id = @token";

    private const string RemoveSql = "DELETE FROM customer_cards WHERE setup_intent_id = @token";

    /// <summary>Within a transaction: whether a customer may have another saved card.</summary>
    public static bool MayAdd(DbConnection connection, Tenant tenant, long customer) => connection.ExecuteScalar<bool>(MayAddSql, new
    {
        account = tenant.Account.Value,
        location = tenant.Location.Value,
        environment = (int)tenant.Environment,
        customer,
        mostCards = MostCards,
    });

    /// <summary>Within a transaction: saves a token as a card of a customer.</summary>
    public void Add(DbConnection connection, Tenant tenant, long token, long customer) =>
        connection.Execute(AddSql, new { token, customer, seal = sealer.SealOwner(tenant, token, customer) });

    /// <summary>Lists the tokens of a customer's saved cards, newest first.</summary>
    /// <exception cref="DamagedRecordException">A row is not what was sealed.</exception>
    public IReadOnlyList<StoredSetupIntent> List(DbConnection connection, Tenant tenant, long customer) =>
        [.. connection.Query<Row>(ListSql, new { customer }).AsList().Select(row => Find(connection, tenant, row)).OfType<StoredSetupIntent>()];

    /// <summary>Finds the token of a saved card and the customer that owns it; null if no customer does, or if the token cannot be charged.</summary>
    /// <exception cref="DamagedRecordException">A row is not what was sealed.</exception>
    public (StoredSetupIntent Token, long Customer)? Find(DbConnection connection, Tenant tenant, long token) =>
        connection.QuerySingleOrDefault<Row>(FindSql, new { token }) is { } row && Find(connection, tenant, row) is { } found ? (found, row.Customer) : null;

    /// <summary>
    /// Within a transaction: closes the token of a saved card and removes the card. The caller must have made sure that the token is not being charged.
    /// </summary>
    public void Close(DbConnection connection, StoredSetupIntent token, DateTimeOffset at, string actor, string cause)
    {
        tokens.Apply(connection, SetupIntentLife.Move(token, SetupIntentTrigger.Close, at, actor, cause)!);
        connection.Execute(RemoveSql, new { token = token.RecordId });
    }

    private StoredSetupIntent? Find(DbConnection connection, Tenant tenant, Row row)
    {
        if (tokens.Find(connection, tenant, row.Token) is not { Status: SetupIntentStatus.Authorized, Card: not null } token)
        {
            return null;
        }

        return sealer.IsOwner(tenant, row.Token, row.Customer, row.Seal)
            ? token
            : throw new DamagedRecordException($"Whose saved card setup intent {row.Token} is, is not what was sealed.");
    }

    private sealed record Row
    {
        public required long Token { get; init; }

        public required long Customer { get; init; }

        public required byte[] Seal { get; init; }
    }
}
