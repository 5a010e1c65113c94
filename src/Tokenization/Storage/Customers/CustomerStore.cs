using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Customers;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Audit;
using Dojo.Pci.Tokenization.Storage.Webhooks;
using Dojo.Pci.Tokenization.Tokens;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Storage.Customers;

internal sealed class CustomerStore(IDatabase database, SavedCardRows cards, WebhookOutbox outbox, TokenFeed feed) : ICustomerStore
{
    private const int MostSecrets = 20;

    private static readonly ColumnList s_columns = ColumnList.Of<CustomerRow>();

    private static readonly string s_selectSql = $"SELECT {s_columns.SelectedOf("c")} FROM customers c";

    private const string OfTenant = "c.account_id = @account AND c.location_id = @location AND c.environment = @environment AND c.deleted_at IS NULL";

    private static readonly string s_insertSql = s_columns.InsertInto("customers");

    private static readonly string s_findSql = $"{s_selectSql} WHERE {OfTenant} AND c.id = @recordId";

    private static readonly string s_newestSql = $"{s_selectSql} WHERE {OfTenant} AND c.id < @olderThan ORDER BY c.id DESC LIMIT @limit";

    private static readonly string s_newerSql = $"{s_selectSql} WHERE {OfTenant} AND c.id > @newerThan ORDER BY c.id LIMIT @limit";

    private const string UpdateSql = $"""
        UPDATE customers AS c SET details = @details, version = version + 1, updated_at = @at WHERE {OfTenant} AND c.id = @recordId
        """;

    private const string DeleteSql = $"""
        UPDATE customers AS c SET details = NULL, updated_at = @at, deleted_at = @at WHERE {OfTenant} AND c.id = @recordId
        """;

    private const string ExpirySql = "SELECT expires_at FROM customer_secrets WHERE hash = @hash";

    private static readonly string s_findBySecretSql = $"""
        {s_selectSql} WHERE c.id = (SELECT customer_id FROM customer_secrets WHERE hash = @hash) AND c.environment = @environment AND c.deleted_at IS NULL
        """;

    private const string InsertSecretSql = "INSERT INTO customer_secrets (hash, customer_id, expires_at) VALUES (@hash, @recordId, @expiresAt)";

    // Deletes expired secrets, and the oldest ones beyond the limit.
    private const string DropSecretsSql = """
        DELETE FROM customer_secrets
         WHERE customer_id = @recordId
           AND (expires_at <= @at OR hash NOT IN (
                SELECT hash FROM customer_secrets WHERE customer_id = @recordId ORDER BY expires_at DESC LIMIT @most))
        """;

    private const string DropAllSecretsSql = "DELETE FROM customer_secrets WHERE customer_id = @recordId";

    public Task InsertAsync(StoredCustomer customer, AuditEntry audit)
    {
        var row = CustomerRow.Of(customer);
        return database.WriteAsync(customer.Tenant, connection =>
        {
            connection.Execute(s_insertSql, row);
            outbox.Append(connection, customer, WebhookEvents.CustomerCreated, customer.CreatedAt);
            AuditStore.Insert(connection, audit);
            return true;
        });
    }

    public Task<StoredCustomer?> FindAsync(Tenant tenant, long recordId, CancellationToken ct) =>
        database.ReadAsync(tenant, connection => Find(connection, tenant, recordId), ct);

    public Task<(StoredCustomer Customer, DateTimeOffset ExpiresAt)?> FindBySecretAsync(TenantEnvironment environment, byte[] hash, CancellationToken ct) =>
        database.ReadAsync<(StoredCustomer, DateTimeOffset)?>(
            TenantScope.Service,
            connection => connection.QuerySingleOrDefault<CustomerRow>(s_findBySecretSql, new { hash, environment = (int)environment })?.ToDomain() is { } customer
                && connection.ExecuteScalar<long?>(ExpirySql, new { hash }) is { } expiresAt
                    ? (customer, UnixTime.ToInstant(expiresAt))
                    : null,
            ct);

    public Task<IReadOnlyList<StoredCustomer>> ListAsync(Tenant tenant, long? newerThan, long? olderThan, int limit, CancellationToken ct)
    {
        var parameters = KeyOf(tenant);
        parameters.Add("newerThan", newerThan);
        parameters.Add("olderThan", olderThan ?? long.MaxValue);
        parameters.Add("limit", limit);
        return database.ReadAsync<IReadOnlyList<StoredCustomer>>(
            tenant,
            connection =>
            {
                var found = connection.Query<CustomerRow>(newerThan is null ? s_newestSql : s_newerSql, parameters).Select(row => row.ToDomain());
                return [.. newerThan is null ? found : found.Reverse()];
            },
            ct);
    }

    public Task<StoredCustomer?> UpdateAsync(Tenant tenant, long recordId, string sentJson, DateTimeOffset at, AuditEntry audit) =>
        database.WriteAsync(tenant, connection =>
        {
            if (Find(connection, tenant, recordId) is not { } before)
            {
                return null;
            }

            var details = CustomerDetails.Merge(before.DetailsJson, sentJson);
            var parameters = KeyOf(tenant, recordId, at);
            parameters.Add("details", details);
            connection.Execute(UpdateSql, parameters);
            outbox.Append(connection, before, WebhookEvents.CustomerUpdated, at);
            AuditStore.Insert(connection, audit);
            return before with { DetailsJson = details, Version = before.Version + 1, UpdatedAt = at };
        });

    public async Task<RemovalOutcome> DeleteAsync(Tenant tenant, long recordId, DateTimeOffset at, AuditEntry audit)
    {
        var (outcome, closed) = await database.WriteAsync<(RemovalOutcome, IReadOnlyList<StoredSetupIntent>)>(tenant, connection =>
        {
            if (Find(connection, tenant, recordId) is not { } customer)
            {
                return (RemovalOutcome.NotFound, []);
            }

            var saved = cards.List(connection, tenant, recordId);
            if (saved.Any(token => token.ChargedBy is not null))
            {
                return (RemovalOutcome.Busy, []);
            }

            foreach (var token in saved)
            {
                cards.Close(connection, token, at, audit.Actor, "its customer was deleted");
            }

            connection.Execute(DropAllSecretsSql, new { recordId });
            connection.Execute(DeleteSql, KeyOf(tenant, recordId, at));
            outbox.Append(connection, customer, WebhookEvents.CustomerDeleted, at);
            AuditStore.Insert(connection, audit);
            database.NoteDeletion();
            return (RemovalOutcome.Done, saved);
        });
        foreach (var token in closed)
        {
            feed.Publish(tenant, token.RecordId);
        }

        return outcome;
    }

    public Task<bool> InsertSecretAsync(Tenant tenant, long recordId, byte[] hash, DateTimeOffset now, DateTimeOffset expiresAt) =>
        database.WriteAsync(tenant, connection =>
        {
            if (Find(connection, tenant, recordId) is null)
            {
                return false;
            }

            connection.Execute(InsertSecretSql, new { hash, recordId, expiresAt = UnixTime.Of(expiresAt) });
            connection.Execute(DropSecretsSql, new { recordId, at = UnixTime.Of(now), most = MostSecrets });
            return true;
        });

    public Task<IReadOnlyList<StoredSetupIntent>> ListCardsAsync(StoredCustomer customer, CancellationToken ct) =>
        database.ReadAsync(customer.Tenant, connection => cards.List(connection, customer.Tenant, customer.RecordId), ct);

    public Task<StoredSetupIntent?> FindCardAsync(StoredCustomer customer, long tokenRecordId, CancellationToken ct) => database.ReadAsync(
        customer.Tenant,
        connection => cards.Find(connection, customer.Tenant, tokenRecordId) is var (token, owner) && owner == customer.RecordId ? token : null, ct);

    public Task<StoredSetupIntent?> FindCardAsync(Tenant tenant, long tokenRecordId, CancellationToken ct) =>
        database.ReadAsync(tenant, connection => cards.Find(connection, tenant, tokenRecordId)?.Token, ct);

    public async Task<RemovalOutcome> RemoveCardAsync(StoredCustomer customer, long tokenRecordId, DateTimeOffset at, string actor)
    {
        var outcome = await database.WriteAsync(customer.Tenant, connection =>
        {
            if (cards.Find(connection, customer.Tenant, tokenRecordId) is not var (token, owner) || owner != customer.RecordId)
            {
                return RemovalOutcome.NotFound;
            }

            if (token.ChargedBy is not null)
            {
                return RemovalOutcome.Busy;
            }

            cards.Close(connection, token, at, actor, "the saved card was removed");
            database.NoteDeletion();
            return RemovalOutcome.Done;
        });
        if (outcome == RemovalOutcome.Done)
        {
            feed.Publish(customer.Tenant, tokenRecordId);
        }

        return outcome;
    }

    private static StoredCustomer? Find(DbConnection connection, Tenant tenant, long recordId) =>
        connection.QuerySingleOrDefault<CustomerRow>(s_findSql, KeyOf(tenant, recordId))?.ToDomain();

    private static DynamicParameters KeyOf(Tenant tenant, long? recordId = null, DateTimeOffset? at = null)
    {
        var parameters = new DynamicParameters();
        parameters.Add("account", tenant.Account.Value);
        parameters.Add("location", tenant.Location.Value);
        parameters.Add("environment", (int)tenant.Environment);
        parameters.Add("recordId", recordId);
        parameters.Add("at", UnixTime.Of(at));
        return parameters;
    }

    private sealed record CustomerRow
    {
        public required long Id { get; init; }

        public required long AccountId { get; init; }

        public required long LocationId { get; init; }

        public required int Environment { get; init; }

        public string? Details { get; init; }

        public required int Version { get; init; }

        public required long CreatedAt { get; init; }

        public required long UpdatedAt { get; init; }

        public static CustomerRow Of(StoredCustomer customer) => new()
        {
            Id = customer.RecordId,
            AccountId = customer.Tenant.Account.Value,
            LocationId = customer.Tenant.Location.Value,
            Environment = (int)customer.Tenant.Environment,
            Details = customer.DetailsJson,
            Version = customer.Version,
            CreatedAt = UnixTime.Of(customer.CreatedAt),
            UpdatedAt = UnixTime.Of(customer.UpdatedAt),
        };

        public StoredCustomer ToDomain() => new(
            Id,
            new Tenant(new AccountId(AccountId), new LocationId(LocationId), (TenantEnvironment)Environment),
            Details,
            Version,
            UnixTime.ToInstant(CreatedAt),
            UnixTime.ToInstant(UpdatedAt));
    }
}
