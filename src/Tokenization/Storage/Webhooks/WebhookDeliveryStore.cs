using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Storage.Audit;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Storage.Webhooks;

internal sealed class WebhookDeliveryStore(IDatabase database, WebhookDeliveryRows rows) : IWebhookDeliveryStore
{
    private const int MostDroppedAtOnce = 500;

    private const string ListWaitingSql = """
        SELECT id
          FROM webhook_subscriptions s
         WHERE deleted_at IS NULL AND disabled_at IS NULL AND paused_at IS NULL
           AND EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.subscription_id = s.id AND d.next_attempt_at IS NOT NULL)
        """;

    private const string FindSql = """
        SELECT account_id, location_id, environment, url
          FROM webhook_subscriptions
         WHERE id = ?1 AND deleted_at IS NULL AND disabled_at IS NULL AND paused_at IS NULL
        """;

    private const string ListSecretsSql = "SELECT id, sealed, created_at, is_active, signs_until FROM webhook_secrets WHERE subscription_id = ?1";

    private const string ListDueSql = """
        SELECT id, event_id, sequence, body, attempts - earlier_attempts
          FROM webhook_deliveries
         WHERE subscription_id = ?1 AND next_attempt_at <= ?2
         ORDER BY next_attempt_at, id
         LIMIT ?3
        """;

    private const string NextSql = "SELECT MIN(next_attempt_at) FROM webhook_deliveries WHERE subscription_id = ?1 AND next_attempt_at > ?2";

    private const string InsertAttemptSql = """
        INSERT INTO webhook_attempts (delivery_id, number, at, duration, status, error, response, request, response_head, response_note)
        SELECT id, attempts + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM webhook_deliveries WHERE id = ?1
        """;

    private const string UpdateSql = "UPDATE webhook_deliveries SET attempts = attempts + 1, next_attempt_at = ?2, delivered_at = ?3 WHERE id = ?1";

    private const string SucceededSql = "UPDATE webhook_subscriptions SET failing_since = NULL WHERE id = ?1 AND failing_since IS NOT NULL";

    private const string FailedSql = "UPDATE webhook_subscriptions SET failing_since = ?2 WHERE id = ?1 AND failing_since IS NULL";

    private const string DisableSql = "UPDATE webhook_subscriptions SET disabled_at = ?2 WHERE id = ?1 AND disabled_at IS NULL AND deleted_at IS NULL AND failing_since <= ?3";

    // Rows are stored in the order in which they were queued, so the oldest come first.
    private const string DropDeliveriesSql = """
        DELETE FROM webhook_deliveries
         WHERE id IN (SELECT id FROM (SELECT id, queued_at FROM webhook_deliveries ORDER BY id LIMIT @limit) AS oldest WHERE queued_at < @before)
        """;

    // Deliveries of a subscription were queued before it was deleted, so they have been dropped by now.
    private const string DropSubscriptionsSql = "DELETE FROM webhook_subscriptions WHERE deleted_at < @before";

    public double WritesPerCommit => database.WritesPerCommit;

    public Task<IReadOnlyList<long>> ListWaitingAsync(CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<long>>(TenantScope.Service, connection => connection.Query<long>(ListWaitingSql).AsList(), ct);

    public Task<int> UnpackAsync(int limit) => database.WriteAsync(TenantScope.Service, connection => rows.Unpack(connection, limit));

    // Runs on the writer, so that it sees everything queued before this call, and answers when that is on disk: see WebhookSignal.
    public Task<WebhookWork?> TakeAsync(long subscription, DateTimeOffset now, int limit, IReadOnlySet<long> held) => database.WriteAsync(TenantScope.Service, connection =>
    {
        if (Find(connection, subscription) is not { } webhook)
        {
            return null;
        }

        var (at, rows, due) = (UnixTime.Of(now), 0, new List<WebhookDelivery>());
        connection.Prepared(ListDueSql).Bind(1, subscription).Bind(2, at).Bind(3, limit + held.Count).Each(row =>
        {
            rows++;
            if (due.Count < limit && !held.Contains(row.Int64(0)))
            {
                due.Add(new WebhookDelivery(row.Int64(0), row.Text(1)!, row.Int64(2), row.Blob(3)!, (int)row.Int64(4)));
            }
        });
        var next = connection.Prepared(NextSql).Bind(1, subscription).Bind(2, at).ExecuteScalar();
        return new WebhookWork(webhook, due, rows > due.Count, rows == limit + held.Count, UnixTime.ToInstant(next));
    });

    public Task RecordAsync(StoredWebhook webhook, IReadOnlyList<EndedAttempt> attempts, DateTimeOffset failingSince, AuditEntry disabled) =>
        database.WriteAsync(webhook.Tenant, connection =>
        {
            bool? wasSuccess = null;
            foreach (var ended in attempts)
            {
                Record(connection, ended);
                if (ended.Attempt.Succeeded && wasSuccess != true)
                {
                    connection.Prepared(SucceededSql).Bind(1, webhook.RecordId).ExecuteLater();
                }
                else if (!ended.Attempt.Succeeded)
                {
                    Fail(connection, webhook, UnixTime.Of(ended.Attempt.At), failingSince, disabled);
                }

                wasSuccess = ended.Attempt.Succeeded;
            }

            return attempts.Count;
        });

    public async Task DropOlderThanAsync(DateTimeOffset instant, CancellationToken ct)
    {
        var parameters = new { before = UnixTime.Of(instant), limit = MostDroppedAtOnce };
        while (await database.WriteAsync(TenantScope.Service, connection => connection.Execute(DropDeliveriesSql, parameters)) == MostDroppedAtOnce)
        {
            ct.ThrowIfCancellationRequested();
        }

        await database.WriteAsync(TenantScope.Service, connection => connection.Execute(DropSubscriptionsSql, parameters));
    }

    private static void Record(DbConnection connection, EndedAttempt ended)
    {
        var (delivery, attempt) = (ended.Delivery.Id, ended.Attempt);
        var at = UnixTime.Of(attempt.At);
        connection.Prepared(InsertAttemptSql)
            .Bind(1, delivery).Bind(2, at).Bind(3, (long)attempt.Duration.TotalMicroseconds).Bind(4, attempt.Status).Bind(5, attempt.Error).Bind(6, attempt.Response)
            .Bind(7, attempt.Request).Bind(8, attempt.ResponseHead).Bind(9, attempt.ResponseNote?.ToString())
            .ExecuteLater();
        connection.Prepared(UpdateSql).Bind(1, delivery).Bind(2, UnixTime.Of(ended.NextAt)).Bind(3, attempt.Succeeded ? at : null).ExecuteLater();
    }

    private static void Fail(DbConnection connection, StoredWebhook webhook, long at, DateTimeOffset failingSince, AuditEntry disabled)
    {
        connection.Prepared(FailedSql).Bind(1, webhook.RecordId).Bind(2, at).Execute();
        if (connection.Prepared(DisableSql).Bind(1, webhook.RecordId).Bind(2, at).Bind(3, UnixTime.Of(failingSince)).Execute() == 1)
        {
            AuditStore.Insert(connection, disabled);
        }
    }

    private static StoredWebhook? Find(DbConnection connection, long subscription) => connection.Prepared(FindSql).Bind(1, subscription).Query(row => new StoredWebhook(
        subscription,
        new Tenant(new AccountId(row.Int64(0)), new LocationId(row.Int64(1)), (TenantEnvironment)row.Int64(2)),
        row.Text(3)!,
        Description: null,
        CreatedAt: default,
        UpdatedAt: default,
        Events: [],
        SecretsOf(connection, subscription))).SingleOrDefault();

    private static List<StoredWebhookSecret> SecretsOf(DbConnection connection, long subscription) => connection.Prepared(ListSecretsSql).Bind(1, subscription)
        .Query(row => new StoredWebhookSecret(row.Int64(0), row.Blob(1)!, UnixTime.ToInstant(row.Int64(2)), row.Int64(3) == 1, UnixTime.ToInstant(row.Int64OrNull(4))));
}
