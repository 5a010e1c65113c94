using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Idempotency;
using Dojo.Pci.Tokenization.Storage.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Webhooks;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Storage.PaymentIntents;

internal sealed class PaymentIntentStore(IDatabase database, SetupIntentCharging charging, WebhookOutbox outbox) : IPaymentIntentStore
{
    private static readonly string s_insertSql = PaymentIntentRow.Columns.InsertInto("payment_intents");

    private static readonly string s_findSql = $"""
        SELECT {PaymentIntentRow.Columns.Selected}
          FROM payment_intents
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
        """;

    private static readonly string s_listAbandonedSql = $"""
        SELECT {PaymentIntentRow.Columns.Selected}
          FROM payment_intents
         WHERE account_id = @account AND location_id = @location AND environment = @environment
           AND attempt_id IS NOT NULL AND attempt_until <= @now
         ORDER BY attempt_until
         LIMIT @limit
        """;

    private static readonly string s_findPublicSql = $"SELECT {PaymentIntentRow.Columns.Selected} FROM payment_intents WHERE environment = @environment AND id = @recordId";

    private const string RenewClientSecretSql = """
        UPDATE payment_intents
           SET client_secret_generation = client_secret_generation + 1, client_secret_expires_at = @expiresAt
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
        RETURNING client_secret_generation
        """;

    private const string UpdateSql = """
        UPDATE payment_intents
           SET amount = @amount, tips_amount = @tips, details = @details, updated_at = @at,
               requested_amount = @requestedAmount, requested_tips_amount = @requestedTips, requested_details = @requestedDetails
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
           AND status = 'Created' AND attempt_id IS NULL AND amount = @amountBefore AND tips_amount = @tipsBefore AND details IS NOT DISTINCT FROM @detailsBefore
        """;

    private const string CancelSql = """
        UPDATE payment_intents SET status = 'Canceled', updated_at = @at
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
           AND status = 'Created' AND attempt_id IS NULL
        """;

    private const string BeginSql = """
        UPDATE payment_intents
           SET attempt_id = @attempt, attempt_until = @until,
               card_leading = @cardLeading, card_last_four = @cardLastFour, card_scheme = @cardScheme, card_expiry = @cardExpiry
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
           AND status = 'Created' AND attempt_id IS NULL AND amount = @amount AND tips_amount = @tips
        """;

    private const string TakeOverSql = """
        UPDATE payment_intents SET attempt_until = @until
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
           AND attempt_id = @attempt AND attempt_until <= @now
        """;

    private const string LeaveUnknownSql = """
        UPDATE payment_intents SET attempt_until = @askAgainAt
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
           AND attempt_id = @attempt
        """;

    private const string FinishSql = """
        UPDATE payment_intents
           SET status = @status, updated_at = @at, attempt_id = NULL, attempt_until = NULL,
               transaction_id = @approved, authorized_amount = @authorized, captured_amount = @captured, settle_at = @settleAt
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
           AND attempt_id = @attempt
        """;

    public Task InsertAsync(StoredPaymentIntent intent, PaymentIntentEvent entry, byte[]? idempotencyKeyHash = null) =>
        database.WriteAsync(intent.Tenant, connection =>
        {
            connection.Execute(s_insertSql, PaymentIntentRow.Of(intent));
            PaymentIntentEvents.Append(connection, intent.RecordId, entry);
            outbox.Append(connection, intent, intent.Status, WebhookEvents.PaymentIntentCreated, intent.CreatedAt);
            if (idempotencyKeyHash is not null)
            {
                IdempotencyStore.Complete(connection, intent.Tenant, idempotencyKeyHash, new IdempotencyAnswer(intent.RecordId, intent.Status.ToString(), intent.UpdatedAt));
            }

            return true;
        });

    public Task<StoredPaymentIntent?> FindAsync(Tenant tenant, long recordId, CancellationToken ct) =>
        database.ReadAsync(tenant, connection => Find(connection, tenant, recordId), ct);

    public Task<StoredPaymentIntent?> FindPublicAsync(TenantEnvironment environment, long recordId, CancellationToken ct) =>
        database.ReadAsync(
            TenantScope.Service,
            connection => connection.QuerySingleOrDefault<PaymentIntentRow>(s_findPublicSql, new { environment = (int)environment, recordId })?.ToDomain(), ct);

    public Task<IReadOnlyList<StoredPaymentIntent>> SearchAsync(Tenant tenant, PaymentIntentPage page, CancellationToken ct) =>
        database.ScanAsync<IReadOnlyList<StoredPaymentIntent>>(tenant, connection => PaymentIntentSearch.Run(connection, tenant, page), ct);

    public Task<ClientSecretState> RenewClientSecretAsync(StoredPaymentIntent intent, DateTimeOffset expiresAt)
    {
        var parameters = KeyOf(intent);
        parameters.Add("expiresAt", UnixTime.Of(expiresAt));
        return database.WriteAsync(intent.Tenant, connection => new ClientSecretState(connection.QuerySingle<int>(RenewClientSecretSql, parameters), expiresAt));
    }

    public Task<bool> UpdateAsync(StoredPaymentIntent before, StoredPaymentIntent after)
    {
        var parameters = KeyOf(before, at: after.UpdatedAt);
        parameters.Add("amountBefore", before.Amount.Value);
        parameters.Add("tipsBefore", before.TipsAmount);
        parameters.Add("detailsBefore", before.DetailsJson);
        parameters.Add("amount", after.Amount.Value);
        parameters.Add("tips", after.TipsAmount);
        parameters.Add("details", after.DetailsJson);
        parameters.Add("requestedAmount", after.RequestedAmount);
        parameters.Add("requestedTips", after.RequestedTipsAmount);
        parameters.Add("requestedDetails", after.RequestedDetailsJson);
        return database.WriteAsync(before.Tenant, connection => connection.Execute(UpdateSql, parameters) == 1);
    }

    public Task<IReadOnlyList<PaymentIntentEvent>> ListEventsAsync(StoredPaymentIntent intent, CancellationToken ct) =>
        database.ReadAsync(intent.Tenant, connection => PaymentIntentEvents.List(connection, intent), ct);

    public Task<bool> CancelAsync(StoredPaymentIntent intent, PaymentIntentEvent entry) =>
        database.WriteAsync(intent.Tenant, connection =>
        {
            var canceled = connection.Execute(CancelSql, KeyOf(intent, at: entry.At)) == 1;
            if (canceled)
            {
                PaymentIntentEvents.Append(connection, intent.RecordId, entry);
                outbox.Append(connection, intent, PaymentIntentStatus.Canceled, WebhookEvents.PaymentIntentStatusUpdated, entry.At);
            }

            return canceled;
        });

    public Task<BeginOutcome> BeginAsync(StoredPaymentIntent intent, SetupIntentStatus tokenStatus, ChargeAttempt attempt) =>
        database.WriteAsync(intent.Tenant, connection => BeginWithToken(connection, intent, tokenStatus, attempt));

    public Task<BeginOutcome> BeginAsync(StoredPaymentIntent intent, ShownCard card, ChargeAttempt attempt) =>
        database.WriteAsync(intent.Tenant, connection => FindToBegin(connection, intent, out var refusal) is { SetupIntentRecordId: null }
            ? Mark(connection, intent, attempt, card)
            : refusal);

    public Task<bool> TakeOverAsync(StoredPaymentIntent intent, DateTimeOffset now, DateTimeOffset until)
    {
        var parameters = KeyOf(intent, intent.Attempt);
        parameters.Add("now", UnixTime.Of(now));
        parameters.Add("until", UnixTime.Of(until));
        return database.WriteAsync(intent.Tenant, connection => connection.Execute(TakeOverSql, parameters) == 1);
    }

    public Task LeaveUnknownAsync(StoredPaymentIntent intent, ChargeAttempt attempt, DateTimeOffset askAgainAt, PaymentIntentEvent entry)
    {
        var parameters = KeyOf(intent, attempt);
        parameters.Add("askAgainAt", UnixTime.Of(askAgainAt));
        return database.WriteAsync(intent.Tenant, connection =>
        {
            if (connection.Execute(LeaveUnknownSql, parameters) == 1 && !PaymentIntentEvents.EndsWith(connection, intent.RecordId, entry))
            {
                PaymentIntentEvents.Append(connection, intent.RecordId, entry);
            }

            return true;
        });
    }

    public async Task<bool> FinishAsync(StoredPaymentIntent intent, ChargeAttempt attempt, PaymentIntentEvent entry, DateTimeOffset? settleAt = null)
    {
        var (isFinished, token) = await database.WriteAsync(intent.Tenant, connection => Finish(connection, intent, attempt, entry, settleAt));
        if (token is { } end)
        {
            charging.Announce(end);
        }

        return isFinished;
    }

    public Task<IReadOnlyList<StoredPaymentIntent>> ListAbandonedAsync(Tenant tenant, DateTimeOffset now, int limit, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<StoredPaymentIntent>>(
            tenant,
            connection => [.. connection.Query<PaymentIntentRow>(s_listAbandonedSql, new
            {
                account = tenant.Account.Value,
                location = tenant.Location.Value,
                environment = (int)tenant.Environment,
                now = UnixTime.Of(now),
                limit,
            }).Select(row => row.ToDomain())],
            ct);

    /// <summary>Within a transaction: finds a tenant's payment intent; null if there is none.</summary>
    internal static StoredPaymentIntent? Find(DbConnection connection, Tenant tenant, long recordId) =>
        connection.QuerySingleOrDefault<PaymentIntentRow>(s_findSql, new
        {
            account = tenant.Account.Value,
            location = tenant.Location.Value,
            environment = (int)tenant.Environment,
            recordId,
        })?.ToDomain();

    /// <summary>Finds the payment intent if its own state allows a charge; otherwise returns null and the refusal.</summary>
    private static StoredPaymentIntent? FindToBegin(DbConnection connection, StoredPaymentIntent intent, out BeginOutcome refusal)
    {
        refusal = BeginOutcome.WrongState;
        if (Find(connection, intent.Tenant, intent.RecordId) is not { Status: PaymentIntentStatus.Created } current)
        {
            return null;
        }

        if (PaymentIntentEvents.HasEnded(connection, intent.RecordId))
        {
            throw new DamagedRecordException($"The row of payment intent {intent.RecordId} says that it is open, and its history that it has ended.");
        }

        if (current.Attempt is not null)
        {
            refusal = BeginOutcome.Busy;
            return null;
        }

        return current;
    }

    private BeginOutcome BeginWithToken(DbConnection connection, StoredPaymentIntent intent, SetupIntentStatus tokenStatus, ChargeAttempt attempt)
    {
        if (FindToBegin(connection, intent, out var refusal) is not { SetupIntentRecordId: { } token })
        {
            return refusal;
        }

        var begun = charging.Begin(connection, intent.Tenant, token, tokenStatus, intent.RecordId);
        return begun == BeginOutcome.Begun ? Mark(connection, intent, attempt, card: null) : begun;
    }

    private static BeginOutcome Mark(DbConnection connection, StoredPaymentIntent intent, ChargeAttempt attempt, ShownCard? card)
    {
        var parameters = KeyOf(intent, attempt);
        parameters.Add("until", UnixTime.Of(attempt.Until));
        parameters.Add("amount", intent.Amount.Value); // the amount that the acquirer is about to be asked to authorize
        parameters.Add("tips", intent.TipsAmount);
        parameters.Add("cardLeading", card?.Masked.LeadingDigits);
        parameters.Add("cardLastFour", card?.Masked.LastFour);
        parameters.Add("cardScheme", card?.Scheme.ToString());
        parameters.Add("cardExpiry", SetupIntentRow.NumberOf(card?.Expiry));
        return connection.Execute(BeginSql, parameters) == 1
            ? BeginOutcome.Begun
            : throw new DamagedRecordException($"The row of payment intent {intent.RecordId} was changed while its charge was begun.");
    }

    private (bool IsFinished, ChargeEnd? Token) Finish(
        DbConnection connection, StoredPaymentIntent intent, ChargeAttempt attempt, PaymentIntentEvent entry, DateTimeOffset? settleAt)
    {
        var captured = entry.Type == PaymentIntentEventType.Captured;
        var approved = captured || entry.Type == PaymentIntentEventType.Authorized;
        var status = approved
            ? PaymentIntentLife.Move(PaymentIntentStatus.Created, captured ? PaymentIntentTrigger.Charge : PaymentIntentTrigger.Authorize)!.Value
            : PaymentIntentStatus.Created;
        var parameters = KeyOf(intent, attempt, entry.At);
        parameters.Add("approved", approved ? attempt.TransactionId : null);
        parameters.Add("authorized", approved ? intent.Total.Value : 0);
        parameters.Add("captured", captured ? intent.Total.Value : 0);
        parameters.Add("settleAt", approved && !captured ? UnixTime.Of(settleAt) : null);
        parameters.Add("status", status.ToString());
        if (connection.Execute(FinishSql, parameters) == 0)
        {
            return (IsFinished: false, Token: null); // already ended
        }

        PaymentIntentEvents.Append(connection, intent.RecordId, entry);
        if (approved)
        {
            outbox.Append(connection, intent, status, WebhookEvents.PaymentIntentStatusUpdated, entry.At);
        }

        return (IsFinished: true, intent.SetupIntentRecordId is { } token
            ? charging.End(connection, intent.Tenant, token, intent.RecordId, approved ? new ChargeApproval(entry.At, entry.TransactionId, entry.AuthCode) : null)
            : null); // a shopper paid: there is no token
    }

    private static DynamicParameters KeyOf(StoredPaymentIntent intent, ChargeAttempt? attempt = null, DateTimeOffset? at = null)
    {
        var parameters = new DynamicParameters();
        parameters.Add("account", intent.Tenant.Account.Value);
        parameters.Add("location", intent.Tenant.Location.Value);
        parameters.Add("environment", (int)intent.Tenant.Environment);
        parameters.Add("recordId", intent.RecordId);
        parameters.Add("attempt", attempt?.TransactionId);
        parameters.Add("at", UnixTime.Of(at));
        return parameters;
    }
}
