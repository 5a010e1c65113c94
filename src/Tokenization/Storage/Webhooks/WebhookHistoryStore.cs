using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Storage.Audit;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Storage.Webhooks;

internal sealed class WebhookHistoryStore(IDatabase database) : IWebhookHistoryStore
{
    private const int MostReplayedAtOnce = 500;

    // The newest deliveries almost always have the newest attempts.
    private const string AttemptsSql = """
        SELECT a.at AS At, a.duration AS Duration, a.status AS Status, a.error AS Error
          FROM webhook_deliveries d INDEXED BY ix_webhook_deliveries_subscription
          JOIN webhook_attempts a ON a.delivery_id = d.id
         WHERE d.subscription_id = @subscription AND a.at >= @since
         ORDER BY d.id DESC, a.number DESC
         LIMIT @limit
        """;

    private const string WaitingSql = """
        SELECT COUNT(*) FROM (SELECT 1 FROM webhook_deliveries WHERE subscription_id = @subscription AND next_attempt_at IS NOT NULL LIMIT @limit) AS waiting
        """;

    private const string Columns = """
        SELECT d.id AS Id, d.event_id AS EventId, d.event AS Event, d.sequence AS Sequence, d.queued_at AS QueuedAt, d.attempts AS Attempts, d.earlier_attempts AS EarlierAttempts,
               d.next_attempt_at AS NextAttemptAt, d.delivered_at AS DeliveredAt, a.status AS LastStatus, a.error AS LastError, a.duration AS LastDuration
        """;

    private const string LastAttempt = "LEFT JOIN webhook_attempts a ON a.delivery_id = d.id AND a.number = d.attempts";

    private const string BodySql = "SELECT body FROM webhook_deliveries WHERE id = @delivery";

    private static readonly string s_attemptsOfSql = $"""
        SELECT {ColumnList.Of<AttemptRow>().Selected}
          FROM webhook_attempts
         WHERE delivery_id = @delivery
         ORDER BY number DESC
         LIMIT @limit
        """;

    public Task<IReadOnlyDictionary<long, WebhookHealth>> ReadHealthAsync(Tenant tenant, IReadOnlyList<long> subscriptions, DateTimeOffset since, CancellationToken ct) =>
        database.ScanAsync<IReadOnlyDictionary<long, WebhookHealth>>(
            tenant, connection => subscriptions.ToDictionary(subscription => subscription, subscription => Health(connection, subscription, since)), ct);

    public Task<IReadOnlyList<ListedWebhookDelivery>> ListAsync(Tenant tenant, long subscription, WebhookDeliveryFilter filter, long? before, int limit, CancellationToken ct)
    {
        var parameters = ParametersOf(subscription, filter);
        parameters.Add("before", before ?? long.MaxValue);
        parameters.Add("limit", limit);
        var sql = $"{Columns} FROM webhook_deliveries d {LastAttempt} WHERE {ConditionsOf(filter)} AND d.id < @before ORDER BY d.id DESC LIMIT @limit";
        return database.ScanAsync<IReadOnlyList<ListedWebhookDelivery>>(tenant, connection => [.. connection.Query<DeliveryRow>(sql, parameters).Select(row => row.ToDomain())], ct);
    }

    public Task<StoredWebhookDelivery?> FindAsync(Tenant tenant, long subscription, long delivery, CancellationToken ct) => database.ReadAsync(
        tenant,
        connection =>
        {
            var parameters = new { subscription, delivery, limit = WebhookDeliveryDetail.MostAttempts };
            var row = connection.QuerySingleOrDefault<DeliveryRow>($"{Columns} FROM webhook_deliveries d {LastAttempt} WHERE d.subscription_id = @subscription AND d.id = @delivery", parameters);
            return row is null
                ? null
                : new StoredWebhookDelivery(
                    row.ToDomain(),
                    connection.QuerySingle<byte[]>(BodySql, parameters),
                    [.. connection.Query<AttemptRow>(s_attemptsOfSql, parameters).Select(attempt => attempt.ToDomain())]);
        },
        ct);

    public Task<(long Count, long Newest)> CountAsync(Tenant tenant, long subscription, WebhookDeliveryFilter filter, CancellationToken ct)
    {
        var sql = $"SELECT COUNT(*), COALESCE(MAX(d.id), 0) FROM webhook_deliveries d WHERE {ConditionsOf(filter)}";
        return database.ScanAsync(tenant, connection => connection.QuerySingle<(long Count, long Newest)>(sql, ParametersOf(subscription, filter)), ct);
    }

    public async Task<long> ReplayAsync(long subscription, WebhookDeliveryFilter filter, long upTo, long? only, DateTimeOffset at, AuditEntry audit)
    {
        var (count, after) = (0L, only - 1 ?? 0);
        for (var isFirst = true; ; isFirst = false)
        {
            var (from, writesEntry) = (after, isFirst);
            var replayed = await database.WriteAsync(audit.Account, connection =>
            {
                var found = Replay(connection, subscription, filter, from, upTo, at);
                if (writesEntry && found.Count > 0)
                {
                    AuditStore.Insert(connection, audit);
                }

                return found;
            });
            count += replayed.Count;
            if (replayed.Count < MostReplayedAtOnce)
            {
                return count;
            }

            after = replayed[^1];
        }
    }

    private static List<long> Replay(DbConnection connection, long subscription, WebhookDeliveryFilter filter, long after, long upTo, DateTimeOffset at)
    {
        var parameters = ParametersOf(subscription, filter);
        parameters.Add("after", after);
        parameters.Add("upTo", upTo);
        parameters.Add("limit", MostReplayedAtOnce);
        var found = connection.Query<long>($"SELECT d.id FROM webhook_deliveries d WHERE {ConditionsOf(filter)} AND d.id > @after AND d.id <= @upTo ORDER BY d.id LIMIT @limit", parameters).AsList();
        connection.Execute(
            "UPDATE webhook_deliveries SET next_attempt_at = @at, delivered_at = NULL, earlier_attempts = attempts WHERE id IN @found", new { at = UnixTime.Of(at), found });
        return found;
    }

    private static WebhookHealth Health(DbConnection connection, long subscription, DateTimeOffset since)
    {
        var attempts = connection.Query<AttemptRow>(AttemptsSql, new { subscription, since = UnixTime.Of(since), limit = WebhookHealth.MostAttempts }).AsList();
        var waiting = connection.ExecuteScalar<int>(WaitingSql, new { subscription, limit = WebhookHealth.MostWaiting });
        var durations = attempts.ConvertAll(attempt => attempt.Duration);
        durations.Sort();
        var failure = attempts.Where(attempt => !attempt.Succeeded).MaxBy(attempt => attempt.At);
        return new WebhookHealth(
            attempts.Count,
            attempts.Count(attempt => attempt.Succeeded),
            durations.Count == 0 ? null : TimeSpan.FromMicroseconds(durations[(int)Math.Ceiling(durations.Count * 0.95) - 1]),
            waiting)
        {
            LastFailure = failure is null ? null : new WebhookFailure(UnixTime.ToInstant(failure.At), failure.Status, failure.Error),
            LastSuccessAt = UnixTime.ToInstant(attempts.Where(attempt => attempt.Succeeded).Select(attempt => (long?)attempt.At).Max()),
        };
    }

    private static string ConditionsOf(WebhookDeliveryFilter filter) => string.Join(" AND ", new[]
    {
        "d.subscription_id = @subscription",
        filter.Event is null ? null : "d.event = @event",
        filter.EventId is null ? null : "d.event_id = @eventId",
        filter.From is null ? null : "d.queued_at >= @from",
        filter.To is null ? null : "d.queued_at < @to",
        filter.Status switch
        {
            WebhookDeliveryStatus.Waiting => "d.next_attempt_at IS NOT NULL AND d.attempts = d.earlier_attempts",
            WebhookDeliveryStatus.Retrying => "d.next_attempt_at IS NOT NULL AND d.attempts > d.earlier_attempts",
            WebhookDeliveryStatus.Delivered => "d.delivered_at IS NOT NULL",
            WebhookDeliveryStatus.Failed => "d.next_attempt_at IS NULL AND d.delivered_at IS NULL",
            _ => null,
        },
    }.OfType<string>());

    private static DynamicParameters ParametersOf(long subscription, WebhookDeliveryFilter filter)
    {
        var parameters = new DynamicParameters();
        parameters.Add("subscription", subscription);
        parameters.Add("event", filter.Event);
        parameters.Add("eventId", filter.EventId);
        parameters.Add("from", UnixTime.Of(filter.From));
        parameters.Add("to", UnixTime.Of(filter.To));
        return parameters;
    }

    private sealed record DeliveryRow
    {
        public required long Id { get; init; }

        public required string EventId { get; init; }

        public required string Event { get; init; }

        public required long Sequence { get; init; }

        public required long QueuedAt { get; init; }

        public required int Attempts { get; init; }

        public required int EarlierAttempts { get; init; }

        public long? NextAttemptAt { get; init; }

        public long? DeliveredAt { get; init; }

        public int? LastStatus { get; init; }

        public string? LastError { get; init; }

        public long? LastDuration { get; init; }

        public ListedWebhookDelivery ToDomain() => new()
        {
            Id = Id,
            EventId = EventId,
            Event = Event,
            Sequence = Sequence,
            QueuedAt = UnixTime.ToInstant(QueuedAt),
            Attempts = Attempts,
            AttemptsOfSchedule = Attempts - EarlierAttempts,
            NextAttemptAt = UnixTime.ToInstant(NextAttemptAt),
            DeliveredAt = UnixTime.ToInstant(DeliveredAt),
            LastStatus = LastStatus,
            LastError = LastError,
            LastDuration = LastDuration is { } duration ? TimeSpan.FromMicroseconds(duration) : null,
        };
    }

    private sealed record AttemptRow
    {
        public int Number { get; init; }

        public required long At { get; init; }

        public required long Duration { get; init; }

        public int? Status { get; init; }

        public string? Error { get; init; }

        public string? Response { get; init; }

        public string? Request { get; init; }

        public string? ResponseHead { get; init; }

        public string? ResponseNote { get; init; }

        public bool Succeeded => Status is >= 200 and < 300;

        public ShownWebhookAttempt ToDomain() => new()
        {
            Number = Number,
            At = UnixTime.ToInstant(At),
            Duration = TimeSpan.FromMicroseconds(Duration),
            Status = Status,
            Error = Error,
            Response = Response,
            Request = Request,
            ResponseHead = ResponseHead,
            ResponseNote = ResponseNote is { } note ? Enum.Parse<WebhookResponseNote>(note) : null,
        };
    }
}
