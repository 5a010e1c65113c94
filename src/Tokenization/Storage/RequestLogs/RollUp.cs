using System.Data.Common;
using System.Runtime.InteropServices;

namespace Dojo.Pci.Tokenization.Storage.RequestLogs;

/// <summary>A batch of the request log, counted by kind. A batch has few kinds of requests, so this adds few statements to it.</summary>
/// <param name="addSql">Adds a count to those of a kind; a prepared statement.</param>
/// <param name="bind">Binds a kind and its count.</param>
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
