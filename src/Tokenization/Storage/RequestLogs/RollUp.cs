using System.Data.Common;
using System.Runtime.InteropServices;

namespace Dojo.Pci.Tokenization.Storage.RequestLogs;

/// <summary>Counts a batch of the request log by kind. A batch has few kinds of requests, so this adds few statements to its transaction.</summary>
/// <param name="addSql">The text of the prepared statement that adds a count to a kind.</param>
/// <param name="bind">Binds a kind and its count to the statement.</param>
internal sealed class RollUp<TKind>(string addSql, Func<PreparedStatement, TKind, long, PreparedStatement> bind)
    where TKind : struct
{
    private readonly Dictionary<TKind, long> _counts = [];

    public void Count(TKind kind) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, kind, out _)++;

    /// <summary>Adds the counts within the transaction that stores the entries.</summary>
    public void Add(DbConnection connection)
    {
        foreach (var (kind, requests) in _counts)
        {
            bind(connection.Prepared(addSql), kind, requests).ExecuteLater();
        }
    }
}
