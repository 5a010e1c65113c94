using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage.Webhooks;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Storage.PaymentIntents;

internal sealed class SettlementStore(IDatabase database, WebhookOutbox outbox) : ISettlementStore
{
    private static readonly string s_insertSql = SettlementRow.Columns.InsertInto("payment_settlements");

    private static readonly string s_findByKeySql = $"""
        SELECT {SettlementRow.Columns.Selected} FROM payment_settlements WHERE payment_intent_id = @payment AND kind = @kind AND key_hash = @keyHash
        """;

    private static readonly string s_listSql = $"SELECT {SettlementRow.Columns.Selected} FROM payment_settlements WHERE payment_intent_id = @payment ORDER BY id";

    private static readonly string s_findSql = $"""
        SELECT {SettlementRow.Columns.Selected}
          FROM payment_settlements
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND id = @recordId
        """;

    private static readonly string s_listAbandonedSql = $"""
        SELECT {SettlementRow.Columns.Selected}
          FROM payment_settlements
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND status = 'Created' AND attempt_until <= @now
         ORDER BY attempt_until
         LIMIT @limit
        """;

    private static readonly string s_listDueSql = $"""
        SELECT {PaymentIntentRow.Columns.Selected}
          FROM payment_intents p
         WHERE account_id = @account AND location_id = @location AND environment = @environment AND status = 'Authorized' AND settle_at <= @now
           AND NOT EXISTS (
                SELECT 1 FROM payment_settlements s WHERE s.payment_intent_id = p.id AND (s.status = 'Created' OR s.created_at > @triedBefore))
         ORDER BY settle_at
         LIMIT @limit
        """;

    private const string TakeOverSql = """
        UPDATE payment_settlements SET attempt_until = @until WHERE id = @id AND status = 'Created' AND attempt_until <= @now
        """;

    private const string LeaveUnknownSql = "UPDATE payment_settlements SET attempt_until = @askAgainAt WHERE id = @id AND status = 'Created'";

    private const string FinishSql = """
        UPDATE payment_settlements
           SET status = @status, attempt_until = NULL, key_hash = CASE @status WHEN 'Failed' THEN NULL ELSE key_hash END
         WHERE id = @id AND status = 'Created'
        """;

    // The table's constraints refuse more captured than was authorized, and more refunded than was captured.
    private const string MoveSql = """
        UPDATE payment_intents
           SET status = @status, updated_at = @at, captured_amount = captured_amount + @captured, refunded_amount = refunded_amount + @refunded
         WHERE id = @id AND status = @from
        """;

    public Task<SettlementBegin> BeginAsync(StoredPaymentIntent payment, SettlementWish wish, StoredSettlement settlement) =>
        database.WriteAsync(payment.Tenant, connection => Begin(connection, payment, wish, settlement));

    public Task<bool> TakeOverAsync(StoredPaymentIntent payment, StoredSettlement settlement, DateTimeOffset now, DateTimeOffset until) =>
        database.WriteAsync(payment.Tenant, connection => connection.Execute(TakeOverSql, new
        {
            id = settlement.RecordId,
            now = UnixTime.Of(now),
            until = UnixTime.Of(until),
        }) == 1);

    public Task LeaveUnknownAsync(StoredPaymentIntent payment, StoredSettlement settlement, DateTimeOffset askAgainAt, PaymentIntentEvent entry) =>
        database.WriteAsync(payment.Tenant, connection =>
        {
            var isOpen = connection.Execute(LeaveUnknownSql, new { id = settlement.RecordId, askAgainAt = UnixTime.Of(askAgainAt) }) == 1;
            if (isOpen && !PaymentIntentEvents.Has(connection, settlement.PaymentIntentRecordId, entry))
            {
                PaymentIntentEvents.Append(connection, settlement.PaymentIntentRecordId, entry);
            }

            return true;
        });

    public Task<bool> FinishAsync(StoredPaymentIntent payment, StoredSettlement settlement, SettlementStatus status, PaymentIntentEvent entry) =>
        database.WriteAsync(payment.Tenant, connection =>
        {
            if (connection.Execute(FinishSql, new { id = settlement.RecordId, status = status.ToString() }) == 0)
            {
                return false;
            }

            if (status == SettlementStatus.Successful)
            {
                Move(connection, PaymentIntentStore.Find(connection, payment.Tenant, payment.RecordId)!, settlement, entry.At);
            }

            PaymentIntentEvents.Append(connection, payment.RecordId, entry);
            if (settlement.Kind == SettlementKind.Refund)
            {
                outbox.Append(connection, payment.Tenant, settlement, status, WebhookEvents.RefundStatusUpdated, entry.At);
            }

            return true;
        });

    public Task<(StoredSettlement Settlement, StoredPaymentIntent Payment)?> FindAsync(Tenant tenant, long recordId, CancellationToken ct) =>
        database.ReadAsync<(StoredSettlement, StoredPaymentIntent)?>(
            tenant,
            connection => connection.QuerySingleOrDefault<SettlementRow>(s_findSql, KeyOf(tenant, recordId: recordId))?.ToDomain() is { } settlement
                ? (settlement, PaymentIntentStore.Find(connection, tenant, settlement.PaymentIntentRecordId)!)
                : null,
            ct);

    public Task<IReadOnlyList<StoredSettlement>> ListAsync(StoredPaymentIntent payment, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<StoredSettlement>>(payment.Tenant, connection => List(connection, payment.RecordId), ct);

    public Task<IReadOnlyList<(StoredSettlement Settlement, StoredPaymentIntent Payment)>> ListAbandonedAsync(
        Tenant tenant, DateTimeOffset now, int limit, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<(StoredSettlement, StoredPaymentIntent)>>(
            tenant,
            connection =>
            [
                .. connection.Query<SettlementRow>(s_listAbandonedSql, KeyOf(tenant, now, limit)).AsList().Select(row => row.ToDomain())
                    .Select(settlement => (settlement, PaymentIntentStore.Find(connection, tenant, settlement.PaymentIntentRecordId)!)),
            ],
            ct);

    public Task<IReadOnlyList<StoredPaymentIntent>> ListDueAsync(Tenant tenant, DateTimeOffset now, DateTimeOffset triedBefore, int limit, CancellationToken ct)
    {
        var parameters = KeyOf(tenant, now, limit);
        parameters.Add("triedBefore", UnixTime.Of(triedBefore));
        return database.ReadAsync<IReadOnlyList<StoredPaymentIntent>>(
            tenant,
            connection => [.. connection.Query<PaymentIntentRow>(s_listDueSql, parameters).Select(row => row.ToDomain())], ct);
    }

    private SettlementBegin Begin(DbConnection connection, StoredPaymentIntent payment, SettlementWish wish, StoredSettlement settlement)
    {
        var current = PaymentIntentStore.Find(connection, payment.Tenant, payment.RecordId)!;
        ThrowUnlessGenuine(connection, current);
        if (settlement.KeyHash is { } keyHash
            && connection.QuerySingleOrDefault<SettlementRow>(s_findByKeySql, new { payment = current.RecordId, kind = wish.Kind.ToString(), keyHash }) is { } known)
        {
            return wish.IsOf(known.ToDomain()) ? new SettlementBegin.Known(known.ToDomain()) : new SettlementBegin.OtherRequest();
        }

        var open = List(connection, current.RecordId).Where(stored => stored.Status == SettlementStatus.Created).ToList();
        var held = new OpenSettlements(SumOf(SettlementKind.Capture), SumOf(SettlementKind.Refund), open.Exists(stored => stored.Kind == SettlementKind.Reversal));
        var (verdict, available) = SettlementRules.Validate(current, held, wish.Kind, wish.Amount, wish.IsByTime ? DateTimeOffset.MinValue : settlement.CreatedAt);
        switch (verdict)
        {
            case SettlementVerdict.Allowed:
                var begun = wish.Kind == SettlementKind.Reversal ? settlement with { Amount = available } : settlement;
                connection.Execute(s_insertSql, SettlementRow.Of(current.Tenant, begun));
                if (begun.Kind == SettlementKind.Refund)
                {
                    outbox.Append(connection, current.Tenant, begun, begun.Status, WebhookEvents.RefundCreated, begun.CreatedAt);
                }

                return new SettlementBegin.Begun(begun);
            case SettlementVerdict.Busy:
                return new SettlementBegin.Busy(open.Find(stored => stored.Kind != SettlementKind.Refund)!);
            case SettlementVerdict.TooMuch when available > 0:
                return new SettlementBegin.TooMuch(available);
            default:
                return new SettlementBegin.WrongState(current);
        }

        long SumOf(SettlementKind kind) => open.Where(stored => stored.Kind == kind).Sum(stored => stored.Amount);
    }

    private void Move(DbConnection connection, StoredPaymentIntent current, StoredSettlement settlement, DateTimeOffset at)
    {
        var to = PaymentIntentLife.Move(current.Status, PaymentIntentLife.TriggerOf(settlement.Kind, current, settlement.Amount));
        var moved = to is null ? 0 : connection.Execute(MoveSql, new
        {
            id = current.RecordId,
            from = current.Status.ToString(),
            status = to.ToString(),
            at = UnixTime.Of(at),
            captured = settlement.Kind == SettlementKind.Capture ? settlement.Amount : 0,
            refunded = settlement.Kind == SettlementKind.Refund ? settlement.Amount : 0,
        });
        if (moved == 0)
        {
            throw new DamagedRecordException($"The row of payment intent {current.RecordId} was changed while its {settlement.Kind} was under way.");
        }

        if (to != current.Status)
        {
            outbox.Append(connection, current, to!.Value, WebhookEvents.PaymentIntentStatusUpdated, at);
        }
    }

    // Restoring an older row does not move the money again: the append-only history tells what has happened.
    private static void ThrowUnlessGenuine(DbConnection connection, StoredPaymentIntent payment)
    {
        var (captured, refunded, hasEnded) = PaymentIntentEvents.SumsOf(connection, payment.RecordId);
        var isOver = payment.Status is PaymentIntentStatus.Reversed or PaymentIntentStatus.Canceled;
        if (captured != payment.CapturedAmount || refunded != payment.RefundedAmount || hasEnded != isOver)
        {
            throw new DamagedRecordException($"The row of payment intent {payment.RecordId} contradicts its history.");
        }
    }

    private static List<StoredSettlement> List(DbConnection connection, long payment) =>
        [.. connection.Query<SettlementRow>(s_listSql, new { payment }).Select(row => row.ToDomain())];

    private static DynamicParameters KeyOf(Tenant tenant, DateTimeOffset? now = null, int? limit = null, long? recordId = null)
    {
        var parameters = new DynamicParameters();
        parameters.Add("account", tenant.Account.Value);
        parameters.Add("location", tenant.Location.Value);
        parameters.Add("environment", (int)tenant.Environment);
        parameters.Add("recordId", recordId);
        parameters.Add("now", UnixTime.Of(now));
        parameters.Add("limit", limit);
        return parameters;
    }
}
