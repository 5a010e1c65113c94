using System.Data.Common;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>An event of an intent, as stored.</summary>
internal readonly record struct StoredEvent(
    string Type, DateTimeOffset At, string Actor, string Cause, string? TransactionId, string? AuthCode, long? Amount = null);

/// <summary>A table of events. It holds an append-only history for each intent.</summary>
/// <param name="intent">The kind of intent: <c>setup_intent</c> for the table <c>setup_intent_events</c>.</param>
/// <param name="hasAmount">Whether an event has the amount that it moved.</param>
internal sealed class EventTable(string intent, bool hasAmount)
{
    private readonly string _insertSql = $"""
        INSERT INTO {intent}_events ({intent}_id, position, {Columns(hasAmount)}) VALUES (?1, ?9, ?2, ?3, ?4, ?5, ?6, ?7{(hasAmount ? ", ?8" : "")})
        """;

    private readonly string _appendSql = $"""
        INSERT INTO {intent}_events ({intent}_id, position, {Columns(hasAmount)})
        SELECT ?1, COALESCE(MAX(position) + 1, 0), ?2, ?3, ?4, ?5, ?6, ?7{(hasAmount ? ", ?8" : "")} FROM {intent}_events WHERE {intent}_id = ?1
        """;

    private readonly string _listSql = $"""
        SELECT {Columns(hasAmount)}
          FROM {intent}_events
         WHERE {intent}_id = (SELECT id FROM {intent}s WHERE account_id = ?1 AND location_id = ?2 AND environment = ?3 AND id = ?4)
         ORDER BY position
        """;

    /// <summary>Inserts one of the first events of an intent, within the transaction that creates the intent.</summary>
    public void Insert(DbConnection connection, long recordId, int position, in StoredEvent entry) =>
        BindTo(connection.Prepared(_insertSql), recordId, entry).Bind(9, position).ExecuteLater();

    /// <summary>Appends an event to a history, within a transaction.</summary>
    public void Append(DbConnection connection, long recordId, in StoredEvent entry) => BindTo(connection.Prepared(_appendSql), recordId, entry).ExecuteLater();

    /// <summary>The history of a tenant's intent, oldest first.</summary>
    public List<T> List<T>(DbConnection connection, Tenant tenant, long recordId, Func<StoredEvent, T> read) => connection.Prepared(_listSql)
        .Bind(1, tenant.Account.Value).Bind(2, tenant.Location.Value).Bind(3, (int)tenant.Environment).Bind(4, recordId)
        .Query(row => read(new StoredEvent(
            row.Text(0)!, UnixTime.ToInstant(row.Int64(1)), row.Text(2)!, row.Text(3)!, row.Text(4), row.Text(5), hasAmount ? row.Int64OrNull(6) : null)));

    private static string Columns(bool hasAmount) => $"type, at, actor, cause, transaction_id, auth_code{(hasAmount ? ", amount" : "")}";

    private PreparedStatement BindTo(PreparedStatement statement, long recordId, in StoredEvent entry)
    {
        statement.Bind(1, recordId)
            .Bind(2, entry.Type).Bind(3, UnixTime.Of(entry.At)).Bind(4, entry.Actor).Bind(5, entry.Cause).Bind(6, entry.TransactionId).Bind(7, entry.AuthCode);
        return hasAmount ? statement.Bind(8, entry.Amount) : statement;
    }
}
