using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Settings;
using Dojo.Pci.Tokenization.Storage.Audit;

namespace Dojo.Pci.Tokenization.Storage.Accounts;

/// <summary>Changes the settings that <see cref="AccountStore"/> changes for operators, and records the changes in the account's audit trail.</summary>
internal sealed class AccountSettingsStore(IDatabase database) : IAccountSettingsStore
{
    private const string FindNameSql = "SELECT name FROM accounts WHERE id = @account";

    private const string RenameAccountSql = "UPDATE accounts SET name = @name WHERE id = @account";

    private const string RenameLocationSql = "UPDATE locations SET name = @name WHERE account_id = @account AND id = @location";

    // For a finished token, due_at is its last change plus the location's retention, so the index on it finds the tokens.
    private const string CountFinishedCardsSql = """
        WITH latest (due_at) AS (
            SELECT @before + retention_days * @microsecondsPerDay FROM locations WHERE account_id = @account AND id = @location)
        SELECT COUNT(*)
          FROM (SELECT 1
                  FROM token_index i INDEXED BY ix_token_index_due
                  CROSS JOIN setup_intents s ON s.id = i.setup_intent_id
                 WHERE i.account_id = @account AND i.location_id = @location AND i.environment = @environment
                   AND i.due_at <= (SELECT due_at FROM latest) AND i.setup_intent_id NOT IN (SELECT setup_intent_id FROM token_changes)
                   AND s.status NOT IN ('Created', 'Authorized') AND (s.card_record IS NOT NULL OR s.card_fingerprint IS NOT NULL)
                UNION ALL
                SELECT 1
                  FROM unindexed_tokens
                 WHERE account_id = @account AND location_id = @location AND environment = @environment
                   AND due_at <= (SELECT due_at FROM latest)
                   AND status NOT IN ('Created', 'Authorized') AND (card_record IS NOT NULL OR card_fingerprint IS NOT NULL)
                 LIMIT @limit) AS finished
        """;

    public Task<AccountOverview> ReadAsync(AccountId account, CancellationToken ct) => database.ReadAsync(account, connection => Read(connection, account), ct);

    public Task<AccountOverview> RenameAsync(AccountId account, string name, Func<string, AuditEntry> entry) => database.WriteAsync(account, connection =>
    {
        var before = Read(connection, account);
        if (before.Name != name)
        {
            connection.Execute(RenameAccountSql, new { account = account.Value, name });
            AuditStore.Insert(connection, entry(before.Name));
        }

        return before with { Name = name };
    });

    public Task<Location?> TryAddLocationAsync(AccountId account, string name, DateTimeOffset now, Func<Location, AuditEntry> entry) =>
        database.WriteAsync(account, connection =>
        {
            if (AccountStore.List(connection, account).Exists(location => IsSame(location.Name, name)))
            {
                return null;
            }

            var location = AccountStore.InsertLocation(connection, account, name, UnixTime.Of(now));
            AuditStore.Insert(connection, entry(location));
            return location;
        });

    public Task<Result<Location>> ChangeAsync(AccountId account, LocationId location, LocationChange change, Func<Location, AuditEntry> entry) =>
        database.WriteAsync<Result<Location>>(account, connection =>
        {
            var locations = AccountStore.List(connection, account);
            if (locations.Find(own => own.Id == location) is not { } before)
            {
                return new Refusal.NotFound("There is no such location.");
            }

            if (change is LocationChange.Name name && locations.Exists(other => other.Id != location && IsSame(other.Name, name.To)))
            {
                return new Refusal.Conflict("There is a location of this name already.");
            }

            Apply(connection, before, change);
            var after = AccountStore.List(connection, account).Single(own => own.Id == location);
            if (after != before)
            {
                AuditStore.Insert(connection, entry(before));
            }

            return after;
        });

    public Task<int> CountFinishedCardsAsync(Tenant tenant, DateTimeOffset before, int limit, CancellationToken ct)
    {
        var parameters = new
        {
            account = tenant.Account.Value,
            location = tenant.Location.Value,
            environment = (int)tenant.Environment,
            before = UnixTime.Of(before),
            microsecondsPerDay = TimeSpan.MicrosecondsPerDay,
            limit,
        };
        return database.ScanAsync(tenant, connection => connection.ExecuteScalar<int>(CountFinishedCardsSql, parameters), ct);
    }

    private static AccountOverview Read(DbConnection connection, AccountId account) =>
        new(account, connection.QuerySingle<string>(FindNameSql, new { account = account.Value }), AccountStore.List(connection, account).FindAll(location => location.VanishesAt is null));

    private static int Apply(DbConnection connection, Location location, LocationChange change) => change switch
    {
        LocationChange.Name name => connection.Execute(RenameLocationSql, new { account = location.Account.Value, location = location.Id.Value, name = name.To }),
        LocationChange.UniqueReferences unique => AccountStore.SetUniqueReferences(connection, location.Id, unique.To),
        LocationChange.RepeatedCharges repeated => AccountStore.SetRepeatedCharges(connection, location.Id, repeated.To),
        LocationChange.RetentionDays retention => AccountStore.SetRetention(connection, location.Id, retention.To),
        _ => throw new UnreachableException(),
    };

    private static bool IsSame(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
