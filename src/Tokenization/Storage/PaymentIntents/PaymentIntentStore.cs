using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Integrity;
using Dojo.Pci.Tokenization.Storage.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Dojo.Pci.Tokenization.Storage.Webhooks;
using Dojo.Pci.Tokenization.Tokens;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.Storage.PaymentIntents;

internal sealed partial class PaymentIntentStore(
    IDatabase database, SealedTokens tokens, WebhookOutbox outbox, TokenFeed feed, ILogger<PaymentIntentStore> logger) : IPaymentIntentStore
{
    private const string InsertSql = """
        INSERT INTO payment_intents (
            id, account_id, location_id, environment, setup_intent_id, status, amount, currency, reference, metadata, details,
            created_at, updated_at, expire_at, tips_amount, service_charge_amount, client_secret_generation, client_secret_expires_at,
            capture_mode, auto_expire_after, auto_expire_action)
        VALUES (
            @Id, @AccountId, @LocationId, @Environment, @SetupIntentId, @Status, @Amount, @Currency, @Reference, @Metadata, @Details,
            @CreatedAt, @UpdatedAt, @ExpireAt, @TipsAmount, @ServiceChargeAmount, @ClientSecretGeneration, @ClientSecretExpiresAt,
            @CaptureMode, @AutoExpireAfter, @AutoExpireAction)
        """;

    private const string FindSql = $"""
        SELECT {PaymentIntentRow.Columns}
          FROM payment_intents
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
        """;

    private const string ListAbandonedSql = $"""
        SELECT {PaymentIntentRow.Columns}
          FROM payment_intents
         WHERE account_id = @account AND location_id = @location AND environment = @environment
           AND attempt_id IS NOT NULL AND attempt_until <= @now
         ORDER BY attempt_until
         LIMIT @limit
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
           AND status = 'Created' AND attempt_id IS NULL
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

    public Task InsertAsync(StoredPaymentIntent intent, PaymentIntentEvent entry) =>
        database.WriteAsync(connection =>
        {
            connection.Execute(InsertSql, PaymentIntentRow.Of(intent));
            PaymentIntentEvents.Append(connection, intent.RecordId, entry);
            outbox.Append(connection, intent, intent.Status, WebhookEvents.PaymentIntentCreated, intent.CreatedAt);
            return true;
        });

    public Task<StoredPaymentIntent?> FindAsync(Tenant tenant, long recordId, CancellationToken ct) =>
        database.ReadAsync(connection => Find(connection, tenant, recordId), ct);

    public Task<IReadOnlyList<PaymentIntentEvent>> ListEventsAsync(StoredPaymentIntent intent, CancellationToken ct) =>
        database.ReadAsync(connection => PaymentIntentEvents.List(connection, intent), ct);

    public Task<bool> CancelAsync(StoredPaymentIntent intent, PaymentIntentEvent entry) =>
        database.WriteAsync(connection =>
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
        database.WriteAsync(connection => BeginWithToken(connection, intent, tokenStatus, attempt));

    public Task<BeginOutcome> BeginAsync(StoredPaymentIntent intent, ShownCard card, ChargeAttempt attempt) =>
        database.WriteAsync(connection => FindToBegin(connection, intent, out var refusal) is { SetupIntentRecordId: null }
            ? Mark(connection, intent, attempt, card)
            : refusal);

    public Task<bool> TakeOverAsync(StoredPaymentIntent intent, DateTimeOffset now, DateTimeOffset until)
    {
        var parameters = KeyOf(intent, intent.Attempt);
        parameters.Add("now", UnixTime.Of(now));
        parameters.Add("until", UnixTime.Of(until));
        return database.WriteAsync(connection => connection.Execute(TakeOverSql, parameters) == 1);
    }

    public Task LeaveUnknownAsync(StoredPaymentIntent intent, ChargeAttempt attempt, DateTimeOffset askAgainAt, PaymentIntentEvent entry)
    {
        var parameters = KeyOf(intent, attempt);
        parameters.Add("askAgainAt", UnixTime.Of(askAgainAt));
        return database.WriteAsync(connection =>
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
        var (isFinished, isTokenGenuine) = await database.WriteAsync(connection => Finish(connection, intent, attempt, entry, settleAt));
        if (isFinished && intent.SetupIntentRecordId is { } token)
        {
            feed.Publish(intent.Tenant, token);
        }

        if (!isTokenGenuine)
        {
            Log.TokenDamaged(logger, intent.RecordId, intent.SetupIntentRecordId!.Value);
        }

        return isFinished;
    }

    public Task<IReadOnlyList<StoredPaymentIntent>> ListAbandonedAsync(Tenant tenant, DateTimeOffset now, int limit, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<StoredPaymentIntent>>(
            connection => [.. connection.Query<PaymentIntentRow>(ListAbandonedSql, new
            {
                account = tenant.Account.Value,
                location = tenant.Location.Value,
                environment = (int)tenant.Environment,
                now = UnixTime.Of(now),
                limit,
            }).Select(row => row.ToDomain())],
            ct);

    /// <summary>Within a transaction: a tenant's payment intent, or null.</summary>
    internal static StoredPaymentIntent? Find(SqliteConnection connection, Tenant tenant, long recordId) =>
        connection.QuerySingleOrDefault<PaymentIntentRow>(FindSql, new
        {
            account = tenant.Account.Value,
            location = tenant.Location.Value,
            environment = (int)tenant.Environment,
            recordId,
        })?.ToDomain();

    /// <summary>The payment intent if nothing of its own stands against its being charged; else null, and what does.</summary>
    private static StoredPaymentIntent? FindToBegin(SqliteConnection connection, StoredPaymentIntent intent, out BeginOutcome refusal)
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

    private BeginOutcome BeginWithToken(SqliteConnection connection, StoredPaymentIntent intent, SetupIntentStatus tokenStatus, ChargeAttempt attempt)
    {
        if (FindToBegin(connection, intent, out var refusal) is not { SetupIntentRecordId: { } tokenId }
            || SealedTokens.Load(connection, intent.Tenant, tokenId) is not { } token)
        {
            return refusal;
        }

        tokens.Genuine(token);
        if (token.Row.ChargedBy is not null)
        {
            return BeginOutcome.Busy;
        }

        if (token.Row.Status != tokenStatus.ToString() || token.Row.CardRecord is null)
        {
            return BeginOutcome.WrongState;
        }

        var begun = Mark(connection, intent, attempt, card: null);
        if (begun == BeginOutcome.Begun)
        {
            tokens.Mark(connection, token, intent.RecordId);
        }

        return begun;
    }

    private static BeginOutcome Mark(SqliteConnection connection, StoredPaymentIntent intent, ChargeAttempt attempt, ShownCard? card)
    {
        var parameters = KeyOf(intent, attempt);
        parameters.Add("until", UnixTime.Of(attempt.Until));
        parameters.Add("cardLeading", card?.Masked.LeadingDigits);
        parameters.Add("cardLastFour", card?.Masked.LastFour);
        parameters.Add("cardScheme", card?.Scheme.ToString());
        parameters.Add("cardExpiry", SetupIntentRow.NumberOf(card?.Expiry));
        return connection.Execute(BeginSql, parameters) == 1 ? BeginOutcome.Begun : BeginOutcome.WrongState;
    }

    private (bool IsFinished, bool IsTokenGenuine) Finish(
        SqliteConnection connection, StoredPaymentIntent intent, ChargeAttempt attempt, PaymentIntentEvent entry, DateTimeOffset? settleAt)
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
            return (IsFinished: false, IsTokenGenuine: true); // ended already
        }

        PaymentIntentEvents.Append(connection, intent.RecordId, entry);
        if (approved)
        {
            outbox.Append(connection, intent, status, WebhookEvents.PaymentIntentStatusUpdated, entry.At);
        }

        if (intent.SetupIntentRecordId is not { } tokenId)
        {
            return (IsFinished: true, IsTokenGenuine: true); // a shopper paid: there is no token
        }

        // What became of the money is recorded in any case. A token that was changed meanwhile stays marked, and so is not charged again.
        var token = SealedTokens.Load(connection, intent.Tenant, tokenId)!.Value;
        if (!tokens.IsGenuine(token))
        {
            return (IsFinished: true, IsTokenGenuine: false);
        }

        if (token.Row.ChargedBy == intent.RecordId)
        {
            tokens.Mark(connection, token, chargedBy: null);
        }

        if (approved)
        {
            Complete(connection, intent.Tenant, tokenId, entry);
        }

        return (IsFinished: true, IsTokenGenuine: true);
    }

    private void Complete(SqliteConnection connection, Tenant tenant, long tokenId, PaymentIntentEvent entry)
    {
        var token = SealedTokens.Load(connection, tenant, tokenId)!.Value;
        if (SetupIntentLife.Move(token.Row.ToDomain(), SetupIntentTrigger.Charge, entry.At, Actors.Issuer, "its card was charged", entry.TransactionId, entry.AuthCode) is { } transition)
        {
            if (tokens.Apply(connection, transition)?.Card is { HoldsData: false })
            {
                database.NoteDeletion();
            }
        }
        else
        {
            // A further charge of a token that allows several: its status stays, its history grows.
            tokens.Append(connection, token, new SetupIntentEvent(
                SetupIntentEventType.Completed, entry.At, Actors.Issuer, "its card was charged again", entry.TransactionId, entry.AuthCode));
        }
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

    private static partial class Log
    {
        [LoggerMessage(1403, LogLevel.Error, "The charge of payment intent {PaymentIntent} has ended, but the row of its setup intent {SetupIntent} is not what was sealed: it stays marked as being charged.")]
        public static partial void TokenDamaged(ILogger logger, long paymentIntent, long setupIntent);
    }
}
