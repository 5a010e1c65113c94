using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Tokenization.Storage.RequestLogs;

/// <summary>Assigns each entry of a batch its kind. A batch has few kinds, and most of them exist already.</summary>
internal sealed class RequestKinds
{
    /// <summary>Stands for the fields beyond the first few: with every subset of fields the number of kinds would be unbounded.</summary>
    public const string MoreFields = "…";

    private const int MostFields = 3;

    private const string FindSql = """
        SELECT id FROM request_kinds
         WHERE location_id = ?1 AND environment = ?2 AND account_id = ?3 AND api_key_id = ?4 AND method = ?5 AND route = ?6 AND status = ?7 AND version = ?8 AND refusal = ?9
        """;

    private const string AddSql = """
        INSERT INTO request_kinds (location_id, environment, account_id, api_key_id, method, route, status, version, refusal)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        RETURNING id
        """;

    private const string DeleteSql = "DELETE FROM request_kinds WHERE NOT EXISTS (SELECT 1 FROM request_logs INDEXED BY ix_request_logs_kind WHERE kind_id = request_kinds.id)";

    private readonly Dictionary<Kind, long> _ids = [];

    /// <summary>Returns the kind of an entry that has a tenant, and inserts a new kind, within the transaction that stores the entry.</summary>
    public long IdOf(DbConnection connection, RequestLogEntry entry)
    {
        var kind = new Kind(entry.Tenant!.Value, entry.Key?.Value ?? 0, entry.Method, entry.Route, entry.Status, entry.Version ?? "", entry.Refusal ?? "");
        if (!_ids.TryGetValue(kind, out var id))
        {
            _ids[kind] = id = Ask(connection, FindSql, kind) ?? Ask(connection, AddSql, kind)!.Value;
        }

        return id;
    }

    /// <summary>Deletes kinds that no entry of the log has any more.</summary>
    public static void DeleteUnused(DbConnection connection) => connection.Execute(DeleteSql);

    private static long? Ask(DbConnection connection, string sql, Kind kind) => connection.Prepared(sql)
        .Bind(1, kind.Tenant.Location.Value).Bind(2, (int)kind.Tenant.Environment).Bind(3, kind.Tenant.Account.Value).Bind(4, kind.Key)
        .Bind(5, kind.Method).Bind(6, kind.Route).Bind(7, kind.Status).Bind(8, kind.Version).Bind(9, Shortened(kind.Refusal))
        .ExecuteScalar();

    private static string Shortened(string refusal)
    {
        var fields = refusal.Split(',');
        return fields.Length <= MostFields ? refusal : $"{string.Join(',', fields.Take(MostFields))},{MoreFields}";
    }

    private readonly record struct Kind(Tenant Tenant, long Key, string Method, string Route, int Status, string Version, string Refusal);
}
