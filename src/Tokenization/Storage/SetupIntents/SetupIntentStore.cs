using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Audit;
using Dojo.Pci.Tokenization.Storage.Customers;
using Dojo.Pci.Tokenization.Storage.Idempotency;
using Dojo.Pci.Tokenization.Storage.Integrity;
using Dojo.Pci.Tokenization.Storage.Webhooks;
using Dojo.Pci.Tokenization.Tokens;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Storage.SetupIntents;

internal sealed class SetupIntentStore(IDatabase database, SealedTokens tokens, SavedCardRows savedCards, WebhookOutbox outbox, TokenFeed feed) : ISetupIntentStore
{
    private const string LastRecordIdSql = """
        SELECT COALESCE(MAX(id), 0)
          FROM (SELECT MAX(id) AS id FROM setup_intents
                UNION ALL SELECT MAX(id) FROM payment_intents
                UNION ALL SELECT MAX(id) FROM payment_settlements
                UNION ALL SELECT MAX(id) FROM payment_receipts
                UNION ALL SELECT MAX(id) FROM customers
                UNION ALL SELECT MAX(id) FROM webhook_subscriptions
                UNION ALL SELECT MAX(id) FROM webhook_secrets) AS newest
        """;

    private static readonly string s_listDueSql = $"""
        SELECT {SetupIntentRow.Columns.Selected}
          FROM (SELECT s.*
                  FROM token_index i INDEXED BY ix_token_index_due
                  CROSS JOIN setup_intents s ON s.id = i.setup_intent_id
                 WHERE i.location_id = @location AND i.environment = @environment AND i.due_at <= @now AND i.account_id = @account
                   AND i.setup_intent_id NOT IN (SELECT setup_intent_id FROM token_changes)
                   AND s.charged_by IS NULL
                 ORDER BY i.due_at
                 LIMIT @limit) AS indexed
        UNION ALL
        SELECT {SetupIntentRow.Columns.Selected}
          FROM (SELECT *
                  FROM unindexed_tokens
                 WHERE location_id = @location AND environment = @environment AND due_at <= @now AND account_id = @account
                   AND charged_by IS NULL
                 ORDER BY due_at
                 LIMIT @limit) AS fresh
         ORDER BY DueAt
         LIMIT @limit
        """;

    private static readonly string s_listUnresolvedSql = $"""
        SELECT {SetupIntentRow.Columns.Selected}
          FROM setup_intents
         WHERE account_id = @account AND location_id = @location AND environment = @environment
           AND attempt_id IS NOT NULL AND attempt_until <= @now
         ORDER BY attempt_until
         LIMIT @limit
        """;

    private const string AskLaterSql = """
        UPDATE setup_intents SET attempt_until = @askAt
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
           AND attempt_id = @attempt
        """;

    private const string RenameAttemptSql = """
        UPDATE setup_intents SET attempt_id = @anew, attempt_until = @askAt, seal = @seal
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
           AND attempt_id = @attempt
        """;

    private const string RecordDeclineSql = """
        UPDATE setup_intents SET attempt_id = NULL, attempt_until = NULL, card_record = NULL, seal = @seal
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
           AND attempt_id = @attempt
        """;

    private const string RenewClientSecretSql = """
        UPDATE setup_intents
           SET client_secret_generation = client_secret_generation + 1, client_secret_expires_at = @expiresAt
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
        RETURNING client_secret_generation
        """;

    private const string DestroyCardDataSql = """
        UPDATE setup_intents
           SET card_fingerprint = NULL, card_record = NULL, due_at = NULL, seal = @seal
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
           AND due_at <= @now AND charged_by IS NULL
        """;

    public Task<long> FindLastRecordIdAsync(CancellationToken ct) =>
        database.ReadAsync(TenantScope.Service, connection => connection.ExecuteScalar<long>(LastRecordIdSql), ct);

    public async Task<InsertOutcome> InsertAsync(
        StoredSetupIntent intent, IReadOnlyList<SetupIntentEvent> events, byte[]? idempotencyKeyHash, AuditEntry? audit = null)
    {
        var insert = new SetupIntentInsert(intent, events, tokens.SealNew(intent, events.Count));
        var outcome = await database.WriteAsync(intent.Tenant, connection =>
        {
            var inserted = Insert(connection, intent, insert);
            if (inserted != InsertOutcome.Inserted)
            {
                if (idempotencyKeyHash is not null)
                {
                    IdempotencyStore.Release(connection, intent.Tenant, idempotencyKeyHash, intent.RecordId);
                }

                return inserted;
            }

            if (idempotencyKeyHash is not null)
            {
                IdempotencyStore.Complete(connection, intent.Tenant, idempotencyKeyHash, new IdempotencyAnswer(intent.RecordId, intent.Status.ToString(), intent.UpdatedAt));
            }

            if (audit is not null)
            {
                AuditStore.Insert(connection, audit);
            }

            return InsertOutcome.Inserted;
        });
        if (outcome == InsertOutcome.Inserted)
        {
            feed.Publish(intent.Tenant, intent.RecordId, isNew: true);
        }

        return outcome;
    }

    public async Task<IReadOnlyList<InsertOutcome>> InsertAsync(
        Tenant tenant, IReadOnlyList<PreparedSetupIntent?> items, byte[]? idempotencyKeyHash, Func<IReadOnlyList<InsertOutcome>, IdempotencyAnswer> answerOf)
    {
        var inserts = items.Select(item => item is null ? null : new SetupIntentInsert(item.Intent, item.Events, tokens.SealNew(item.Intent, item.Events.Count))).ToArray();
        var outcomes = await database.WriteAsync<IReadOnlyList<InsertOutcome>>(tenant, connection =>
        {
            var stored = items.Select((item, place) => item is null ? default : Insert(connection, item.Intent, inserts[place]!)).ToArray();
            if (idempotencyKeyHash is not null)
            {
                var answer = answerOf(stored);
                if (items.Where((item, place) => item is not null && stored[place] == InsertOutcome.Inserted).Any())
                {
                    IdempotencyStore.Complete(connection, tenant, idempotencyKeyHash, answer);
                }
                else
                {
                    IdempotencyStore.Release(connection, tenant, idempotencyKeyHash, answer.RecordId);
                }
            }

            return stored;
        });
        for (var place = 0; place < items.Count; place++)
        {
            if (items[place] is { } item && outcomes[place] == InsertOutcome.Inserted)
            {
                feed.Publish(tenant, item.Intent.RecordId, isNew: true);
            }
        }

        return outcomes;
    }

    public Task<StoredSetupIntent?> FindAsync(Tenant tenant, long recordId, CancellationToken ct) =>
        database.ReadAsync(tenant, connection => tokens.Find(connection, tenant, recordId), ct);

    public Task<(StoredSetupIntent Intent, IReadOnlyList<SetupIntentEvent> Events)?> FindWithEventsAsync(Tenant tenant, long recordId, CancellationToken ct) =>
        database.ReadAsync<(StoredSetupIntent, IReadOnlyList<SetupIntentEvent>)?>(
            tenant,
            connection =>
            {
                // One snapshot: no event may be newer than the status returned with it.
                using var snapshot = connection.BeginSnapshot();
                return tokens.Find(connection, tenant, recordId) is { } intent ? (intent, SetupIntentEvents.List(connection, tenant, recordId)) : null;
            },
            ct);

    public Task<StoredSetupIntent?> FindPublicAsync(TenantEnvironment environment, long recordId, CancellationToken ct) =>
        database.ReadAsync(TenantScope.Service, connection => tokens.FindPublic(connection, environment, recordId), ct);

    public Task<IReadOnlyList<SetupIntentEvent>> ListEventsAsync(Tenant tenant, long recordId, CancellationToken ct) =>
        database.ReadAsync(tenant, connection => SetupIntentEvents.List(connection, tenant, recordId), ct);

    public Task<IReadOnlyList<StoredSetupIntent>> ListAsync(Tenant tenant, SetupIntentPage page, CancellationToken ct) =>
        database.ScanAsync<IReadOnlyList<StoredSetupIntent>>(tenant, connection => SetupIntentListing.List(connection, tenant, page), ct);

    public async Task<StoredSetupIntent?> ApplyAsync(SetupIntentLife.Transition transition, AuditEntry? audit = null)
    {
        var applied = await database.WriteAsync(transition.From.Tenant, connection =>
        {
            var after = tokens.Apply(connection, transition);
            if (after?.Card is { HoldsData: false })
            {
                database.NoteDeletion();
            }

            if (after is not null && audit is not null)
            {
                AuditStore.Insert(connection, audit);
            }

            return after;
        });
        if (applied is not null)
        {
            feed.Publish(applied.Tenant, applied.RecordId);
        }

        return applied;
    }

    public Task<ClientSecretState> RenewClientSecretAsync(StoredSetupIntent intent, DateTimeOffset expiresAt) =>
        database.WriteAsync(intent.Tenant, connection =>
        {
            var parameters = KeyOf(intent.Tenant, intent.RecordId);
            parameters.Add("expiresAt", UnixTime.Of(expiresAt));
            return new ClientSecretState(connection.QuerySingle<int>(RenewClientSecretSql, parameters), expiresAt);
        });

    public Task<IReadOnlyList<StoredSetupIntent>> ListDueAsync(Tenant tenant, DateTimeOffset now, int limit, CancellationToken ct)
    {
        var parameters = KeyOf(tenant);
        parameters.Add("now", UnixTime.Of(now));
        parameters.Add("limit", limit);
        return database.ReadAsync<IReadOnlyList<StoredSetupIntent>>(
            tenant,
            connection => [.. connection.Query<SetupIntentRow>(s_listDueSql, parameters).Select(row => row.ToDomain())], ct);
    }

    public Task DestroyCardDataAsync(StoredSetupIntent intent, SetupIntentEvent entry)
    {
        var parameters = KeyOf(intent.Tenant, intent.RecordId);
        parameters.Add("now", UnixTime.Of(entry.At));
        return database.WriteAsync(intent.Tenant, connection => EndCard(connection, intent, entry, DestroyCardDataSql, parameters));
    }

    public Task<IReadOnlyList<StoredSetupIntent>> ListUnresolvedAsync(Tenant tenant, DateTimeOffset now, int limit, CancellationToken ct)
    {
        var parameters = KeyOf(tenant);
        parameters.Add("now", UnixTime.Of(now));
        parameters.Add("limit", limit);
        return database.ReadAsync<IReadOnlyList<StoredSetupIntent>>(
            tenant,
            connection => [.. connection.Query<SetupIntentRow>(s_listUnresolvedSql, parameters).Select(row => row.ToDomain())], ct);
    }

    public Task AskLaterAsync(StoredSetupIntent intent, DateTimeOffset askAt)
    {
        var parameters = KeyOf(intent.Tenant, intent.RecordId);
        parameters.Add("attempt", intent.Attempt?.TransactionId);
        parameters.Add("askAt", UnixTime.Of(askAt));
        return database.WriteAsync(intent.Tenant, connection => connection.Execute(AskLaterSql, parameters));
    }

    public Task<bool> RenameAttemptAsync(StoredSetupIntent intent, UnresolvedAttempt anew)
    {
        var parameters = KeyOf(intent.Tenant, intent.RecordId);
        parameters.Add("attempt", intent.Attempt?.TransactionId);
        parameters.Add("anew", anew.TransactionId);
        parameters.Add("askAt", UnixTime.Of(anew.AskAt));
        return database.WriteAsync(intent.Tenant, connection =>
        {
            if (SealedTokens.Load(connection, intent.Tenant, intent.RecordId) is not { } row)
            {
                return false;
            }

            parameters.Add("seal", tokens.SealFor(tokens.Genuine(row), row.State with { AttemptId = anew.TransactionId }));
            return connection.Execute(RenameAttemptSql, parameters) == 1;
        });
    }

    public async Task RecordDeclineAsync(StoredSetupIntent intent, SetupIntentEvent entry)
    {
        var parameters = KeyOf(intent.Tenant, intent.RecordId);
        parameters.Add("attempt", intent.Attempt?.TransactionId);
        await database.WriteAsync(intent.Tenant, connection => EndCard(connection, intent, entry, RecordDeclineSql, parameters));
        feed.Publish(intent.Tenant, intent.RecordId);
    }

    private InsertOutcome Insert(DbConnection connection, StoredSetupIntent intent, SetupIntentInsert insert)
    {
        if (intent.SavedFor is { } customer && !SavedCardRows.MayAdd(connection, intent.Tenant, customer))
        {
            return InsertOutcome.CardNotSaved;
        }

        if (!insert.TryRun(connection))
        {
            return InsertOutcome.ReferenceTaken;
        }

        if (intent.SavedFor is { } owner)
        {
            savedCards.Add(connection, intent.Tenant, intent.RecordId, owner);
        }

        outbox.Append(connection, intent, WebhookEvents.SetupIntentCreated, intent.CreatedAt);
        return InsertOutcome.Inserted;
    }

    // Allowed in any status: nobody gains by the deletion of a card.
    private bool EndCard(DbConnection connection, StoredSetupIntent intent, SetupIntentEvent entry, string sql, DynamicParameters parameters)
    {
        if (SealedTokens.Load(connection, intent.Tenant, intent.RecordId) is not { } row)
        {
            return false;
        }

        var attempt = entry.Type == SetupIntentEventType.Declined ? null : row.Row.AttemptId;
        parameters.Add("seal", tokens.SealFor(row, row.State with { HasCard = false, AttemptId = attempt, Events = row.Events + 1 }));
        if (connection.Execute(sql, parameters) == 0)
        {
            return false;
        }

        SetupIntentEvents.Append(connection, intent.RecordId, entry);
        database.NoteDeletion();
        return true;
    }

    private static DynamicParameters KeyOf(Tenant tenant, long? recordId = null)
    {
        var parameters = new DynamicParameters();
        parameters.Add("account", tenant.Account.Value);
        parameters.Add("location", tenant.Location.Value);
        parameters.Add("environment", (int)tenant.Environment);
        if (recordId is not null)
        {
            parameters.Add("recordId", recordId);
        }

        return parameters;
    }
}
