using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Storage.Audit;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Storage.Webhooks;

internal sealed class WebhookStore(IDatabase database, WebhookOutbox outbox, WebhookSignal signal) : IWebhookStore
{
    private const string OfTenant = "account_id = @account AND location_id = @location AND environment = @environment AND deleted_at IS NULL";

    private const string OfSubscription = $"subscription_id = (SELECT id FROM webhook_subscriptions WHERE id = @id AND {OfTenant})";

    private static readonly string s_listSql = $"""
        SELECT {ColumnList.Of<WebhookRow>().Selected}
          FROM webhook_subscriptions
         WHERE {OfTenant} AND (id = @id OR @id IS NULL)
         ORDER BY id
        """;

    private const string ListEventsSql = "SELECT event FROM webhook_subscription_events WHERE subscription_id = @id";

    private static readonly string s_listSecretsSql =
        $"SELECT {ColumnList.Of<SecretRow>().Selected} FROM webhook_secrets WHERE subscription_id = @id ORDER BY id";

    private const string CountSql = $"SELECT COUNT(*) FROM webhook_subscriptions WHERE {OfTenant}";

    private const string IsTakenSql = $"SELECT EXISTS (SELECT 1 FROM webhook_subscriptions WHERE {OfTenant} AND url = @url AND id <> @id)";

    private const string InsertSql = """
        INSERT INTO webhook_subscriptions (id, account_id, location_id, environment, url, description, created_at, updated_at)
        VALUES (@id, @account, @location, @environment, @url, @description, @createdAt, @updatedAt)
        """;

    private const string UpdateSql = $"""
        UPDATE webhook_subscriptions
           SET url = @url, description = @description, updated_at = @updatedAt, disabled_at = NULL,
               failing_since = CASE WHEN disabled_at IS NULL THEN failing_since END
         WHERE id = @id AND {OfTenant}
        """;

    private const string PauseSql = $"""
        UPDATE webhook_subscriptions
           SET paused_at = @at,
               failing_since = CASE WHEN CAST(@at AS BIGINT) IS NULL AND disabled_at IS NOT NULL THEN NULL ELSE failing_since END,
               disabled_at = CASE WHEN CAST(@at AS BIGINT) IS NULL THEN NULL ELSE disabled_at END
         WHERE id = @id AND {OfTenant}
        """;

    private const string ExistsSql = $"SELECT EXISTS (SELECT 1 FROM webhook_subscriptions WHERE id = @id AND {OfTenant})";

    private const string DeleteSql = $"UPDATE webhook_subscriptions SET deleted_at = @at WHERE id = @id AND {OfTenant}";

    private const string InsertEventSql = """
        INSERT INTO webhook_subscription_events (account_id, location_id, environment, event, subscription_id)
        VALUES (@account, @location, @environment, @name, @id)
        """;

    private const string DeleteEventsSql = "DELETE FROM webhook_subscription_events WHERE subscription_id = @id";

    private const string CountSecretsSql = $"SELECT COUNT(*) FROM webhook_secrets WHERE {OfSubscription}";

    private const string InsertSecretSql = """
        INSERT INTO webhook_secrets (id, subscription_id, sealed, created_at, is_active) VALUES (@secret, @id, @sealed, @createdAt, @isActive)
        """;

    private const string IsActiveSql = $"SELECT is_active FROM webhook_secrets WHERE id = @secret AND {OfSubscription}";

    private const string RetireSecretSql = $"UPDATE webhook_secrets SET is_active = 0, signs_until = @overlapUntil WHERE is_active = 1 AND {OfSubscription}";

    private const string ActivateSecretSql = $"UPDATE webhook_secrets SET is_active = 1, signs_until = NULL WHERE id = @secret AND {OfSubscription}";

    private const string DeleteSecretSql = $"DELETE FROM webhook_secrets WHERE id = @secret AND {OfSubscription}";

    private const string DeleteSecretsSql = "DELETE FROM webhook_secrets WHERE subscription_id = @id";

    public Task<IReadOnlyList<StoredWebhook>> ListAsync(Tenant tenant, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<StoredWebhook>>(tenant, connection => List(connection, tenant, id: null), ct);

    public Task<StoredWebhook?> FindAsync(Tenant tenant, long recordId, CancellationToken ct) =>
        database.ReadAsync(tenant, connection => List(connection, tenant, recordId).SingleOrDefault(), ct);

    public Task<WebhookOutcome> InsertAsync(StoredWebhook webhook, AuditEntry audit) => database.WriteAsync(webhook.Tenant, connection =>
    {
        var parameters = ParametersOf(webhook);
        if (connection.ExecuteScalar<bool>(IsTakenSql, parameters))
        {
            return WebhookOutcome.UrlTaken;
        }

        if (connection.ExecuteScalar<int>(CountSql, parameters) >= WebhookLimits.Subscriptions)
        {
            return WebhookOutcome.TooMany;
        }

        connection.Execute(InsertSql, parameters);
        InsertEvents(connection, webhook);
        foreach (var secret in webhook.Secrets)
        {
            connection.Execute(InsertSecretSql, ParametersOf(webhook.RecordId, secret));
        }

        AuditStore.Insert(connection, audit);
        return WebhookOutcome.Done;
    });

    public Task<WebhookOutcome> UpdateAsync(StoredWebhook webhook, AuditEntry audit) => database.WriteAsync(webhook.Tenant, connection =>
    {
        var parameters = ParametersOf(webhook);
        if (connection.ExecuteScalar<bool>(IsTakenSql, parameters))
        {
            return WebhookOutcome.UrlTaken;
        }

        if (connection.Execute(UpdateSql, parameters) == 0)
        {
            return WebhookOutcome.NotFound;
        }

        connection.Execute(DeleteEventsSql, parameters);
        InsertEvents(connection, webhook);
        AuditStore.Insert(connection, audit);
        signal.NoteChange(webhook.RecordId); // the update may have enabled it again, so the waiting events are sent
        return WebhookOutcome.Done;
    });

    public Task RecordAsync(AuditEntry audit) => database.WriteAsync(audit.Account, connection => AuditStore.Insert(connection, audit));

    public Task<WebhookOutcome> PauseAsync(Tenant tenant, long recordId, DateTimeOffset? at, AuditEntry audit)
    {
        var parameters = KeyOf(tenant, recordId);
        parameters.Add("at", UnixTime.Of(at));
        return database.WriteAsync(tenant, connection =>
        {
            if (connection.Execute(PauseSql, parameters) == 0)
            {
                return WebhookOutcome.NotFound;
            }

            AuditStore.Insert(connection, audit);
            signal.NoteChange(recordId);
            return WebhookOutcome.Done;
        });
    }

    public Task<WebhookOutcome> QueueTestAsync(Tenant tenant, long recordId, DateTimeOffset at, AuditEntry audit) => database.WriteAsync(tenant, connection =>
    {
        if (!connection.ExecuteScalar<bool>(ExistsSql, KeyOf(tenant, recordId)))
        {
            return WebhookOutcome.NotFound;
        }

        if (!outbox.AppendTest(connection, tenant, recordId, at))
        {
            return WebhookOutcome.Disabled;
        }

        AuditStore.Insert(connection, audit);
        return WebhookOutcome.Done;
    });

    public Task<WebhookOutcome> DeleteAsync(Tenant tenant, long recordId, DateTimeOffset at, AuditEntry audit)
    {
        var parameters = KeyOf(tenant, recordId);
        parameters.Add("at", UnixTime.Of(at));
        return database.WriteAsync(tenant, connection =>
        {
            if (connection.Execute(DeleteSql, parameters) == 0)
            {
                return WebhookOutcome.NotFound;
            }

            connection.Execute(DeleteEventsSql, parameters);
            connection.Execute(DeleteSecretsSql, parameters);
            AuditStore.Insert(connection, audit);
            signal.NoteChange(recordId);
            return WebhookOutcome.Done;
        });
    }

    public Task<WebhookOutcome> InsertSecretAsync(Tenant tenant, long recordId, StoredWebhookSecret secret, AuditEntry audit) => database.WriteAsync(tenant, connection =>
    {
        var parameters = KeyOf(tenant, recordId);
        switch (connection.ExecuteScalar<int>(CountSecretsSql, parameters))
        {
            case 0:
                return WebhookOutcome.NotFound;
            case >= WebhookLimits.Secrets:
                return WebhookOutcome.TooMany;
            default:
                connection.Execute(InsertSecretSql, ParametersOf(recordId, secret));
                AuditStore.Insert(connection, audit);
                return WebhookOutcome.Done;
        }
    });

    public Task<WebhookOutcome> ActivateSecretAsync(Tenant tenant, long recordId, long secretId, DateTimeOffset overlapUntil, AuditEntry audit)
    {
        var parameters = KeyOf(tenant, recordId);
        parameters.Add("secret", secretId);
        parameters.Add("overlapUntil", UnixTime.Of(overlapUntil));
        return database.WriteAsync(tenant, connection =>
        {
            if (connection.ExecuteScalar<bool?>(IsActiveSql, parameters) is not { } isActive)
            {
                return WebhookOutcome.NotFound;
            }

            if (!isActive)
            {
                connection.Execute(RetireSecretSql, parameters);
                connection.Execute(ActivateSecretSql, parameters);
                AuditStore.Insert(connection, audit);
                signal.NoteChange(recordId);
            }

            return WebhookOutcome.Done;
        });
    }

    public Task<WebhookOutcome> DeleteSecretAsync(Tenant tenant, long recordId, long secretId, AuditEntry audit)
    {
        var parameters = KeyOf(tenant, recordId);
        parameters.Add("secret", secretId);
        return database.WriteAsync(tenant, connection =>
        {
            switch (connection.ExecuteScalar<bool?>(IsActiveSql, parameters))
            {
                case null:
                    return WebhookOutcome.NotFound;
                case true:
                    return WebhookOutcome.IsActive;
                default:
                    connection.Execute(DeleteSecretSql, parameters);
                    AuditStore.Insert(connection, audit);
                    signal.NoteChange(recordId);
                    return WebhookOutcome.Done;
            }
        });
    }

    private static List<StoredWebhook> List(DbConnection connection, Tenant tenant, long? id) =>
        [.. connection.Query<WebhookRow>(s_listSql, KeyOf(tenant, id)).AsList().Select(row => new StoredWebhook(
            row.Id,
            tenant,
            row.Url,
            row.Description,
            UnixTime.ToInstant(row.CreatedAt),
            UnixTime.ToInstant(row.UpdatedAt),
            [.. WebhookEvents.Names.Intersect(connection.Query<string>(ListEventsSql, new { id = row.Id }), StringComparer.Ordinal)],
            Secrets(connection, row.Id))
            {
                DisabledAt = UnixTime.ToInstant(row.DisabledAt),
                PausedAt = UnixTime.ToInstant(row.PausedAt),
                FailingSince = UnixTime.ToInstant(row.FailingSince),
            })];

    private static List<StoredWebhookSecret> Secrets(DbConnection connection, long id) =>
        [.. connection.Query<SecretRow>(s_listSecretsSql, new { id }).Select(row => new StoredWebhookSecret(
            row.Id, row.Sealed, UnixTime.ToInstant(row.CreatedAt), row.IsActive, UnixTime.ToInstant(row.SignsUntil)))];

    private static void InsertEvents(DbConnection connection, StoredWebhook webhook)
    {
        foreach (var name in webhook.Events)
        {
            var parameters = KeyOf(webhook.Tenant, webhook.RecordId);
            parameters.Add("name", name);
            connection.Execute(InsertEventSql, parameters);
        }
    }

    private static DynamicParameters ParametersOf(StoredWebhook webhook)
    {
        var parameters = KeyOf(webhook.Tenant, webhook.RecordId);
        parameters.Add("url", webhook.Url);
        parameters.Add("description", webhook.Description);
        parameters.Add("createdAt", UnixTime.Of(webhook.CreatedAt));
        parameters.Add("updatedAt", UnixTime.Of(webhook.UpdatedAt));
        return parameters;
    }

    private static object ParametersOf(long recordId, StoredWebhookSecret secret) => new
    {
        id = recordId,
        secret = secret.RecordId,
        @sealed = secret.Sealed,
        createdAt = UnixTime.Of(secret.CreatedAt),
        isActive = secret.IsActive,
    };

    private static DynamicParameters KeyOf(Tenant tenant, long? id)
    {
        var parameters = new DynamicParameters();
        parameters.Add("account", tenant.Account.Value);
        parameters.Add("location", tenant.Location.Value);
        parameters.Add("environment", (int)tenant.Environment);
        parameters.Add("id", id);
        return parameters;
    }

    private sealed record WebhookRow
    {
        public required long Id { get; init; }

        public required string Url { get; init; }

        public string? Description { get; init; }

        public required long CreatedAt { get; init; }

        public required long UpdatedAt { get; init; }

        public long? DisabledAt { get; init; }

        public long? PausedAt { get; init; }

        public long? FailingSince { get; init; }
    }

    private sealed record SecretRow
    {
        public required long Id { get; init; }

        public required byte[] Sealed { get; init; }

        public required long CreatedAt { get; init; }

        public required bool IsActive { get; init; }

        public long? SignsUntil { get; init; }
    }
}
