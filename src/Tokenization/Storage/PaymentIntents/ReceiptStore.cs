using System.Text.Json;
using Dapper;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Storage.Webhooks;

namespace Dojo.Pci.Tokenization.Storage.PaymentIntents;

internal sealed class ReceiptStore(IDatabase database, WebhookOutbox outbox, TimeProvider clock) : IReceiptStore
{
    private const int DropBatchSize = 500;

    private const string DropSql = "DELETE FROM payment_receipts WHERE id IN (SELECT id FROM payment_receipts WHERE asked_at < @before ORDER BY asked_at LIMIT @limit)";

    private static readonly ColumnList s_columns = ColumnList.Of<Row>();

    private static readonly string s_insertSql = s_columns.InsertInto("payment_receipts");

    private static readonly string s_listSql = $"SELECT {s_columns.Selected} FROM payment_receipts WHERE payment_intent_id = @payment ORDER BY id";

    public Task<bool> InsertAsync(StoredReceipt receipt, int most)
    {
        var row = new Row
        {
            Id = receipt.RecordId,
            PaymentIntentId = receipt.Payment.RecordId,
            Emails = JsonSerializer.Serialize(receipt.Emails),
            Text = receipt.Text,
            CreatedAt = UnixTime.Of(receipt.CreatedAt),
            AskedAt = UnixTime.Of(clock.GetUtcNow()),
        };
        return database.WriteAsync(receipt.Payment.Tenant, connection =>
        {
            if (connection.ExecuteScalar<int>("SELECT COUNT(*) FROM payment_receipts WHERE payment_intent_id = @PaymentIntentId", row) >= most)
            {
                return false;
            }

            connection.Execute(s_insertSql, row);
            outbox.Append(connection, receipt);
            return true;
        });
    }

    public Task<IReadOnlyList<StoredReceipt>> ListAsync(StoredPaymentIntent payment, CancellationToken ct) => database.ReadAsync<IReadOnlyList<StoredReceipt>>(
        payment.Tenant,
        connection =>
        [
            .. connection.Query<Row>(s_listSql, new { payment = payment.RecordId })
                .Select(row => new StoredReceipt(row.Id, payment, JsonSerializer.Deserialize<string[]>(row.Emails)!, row.Text, UnixTime.ToInstant(row.CreatedAt))),
        ],
        ct);

    public async Task<int> DropOlderThanAsync(DateTimeOffset instant)
    {
        var (dropped, total) = (DropBatchSize, 0);
        while (dropped == DropBatchSize)
        {
            dropped = await database.WriteAsync(TenantScope.Service, connection => connection.Execute(DropSql, new { before = UnixTime.Of(instant), limit = DropBatchSize }));
            total += dropped;
        }

        if (total > 0)
        {
            database.NoteDeletion();
        }

        return total;
    }

    private sealed record Row
    {
        public required long Id { get; init; }

        public required long PaymentIntentId { get; init; }

        public required string Emails { get; init; }

        public required string Text { get; init; }

        public required long CreatedAt { get; init; }

        public required long AskedAt { get; init; }
    }
}
