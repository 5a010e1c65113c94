using System.Data.Common;
using System.Text.Json;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Faults;
using Dojo.Pci.Tokenization.Storage.Audit;

namespace Dojo.Pci.Tokenization.Storage.Faults;

internal sealed class FaultStore(IDatabase database) : IFaultStore
{
    private static readonly ColumnList s_columns = ColumnList.Of<Row>();

    private static readonly string s_findSql = $"SELECT {s_columns.Selected} FROM sandbox_faults WHERE location_id = @location";

    private static readonly string s_insertSql = s_columns.InsertInto("sandbox_faults");

    private const string DeleteSql = "DELETE FROM sandbox_faults WHERE location_id = @location";

    // Faults without an end time are deleted when the last of their counts is used up.
    private const string DeleteUsedUpSql = $"""
        {DeleteSql} AND ends_at IS NULL
           AND COALESCE(requests_left, 0) = 0 AND COALESCE(attempts_left, 0) = 0 AND COALESCE(deliveries_left, 0) = 0
        """;

    private const string ListOverSql = """
        SELECT l.account_id, l.id FROM sandbox_faults f JOIN locations l ON l.id = f.location_id WHERE f.ends_at <= @now
        """;

    public Task<ActiveFaults?> FindAsync(Tenant tenant, CancellationToken ct) => database.ReadAsync(
        tenant,
        connection => connection.QuerySingleOrDefault<Row>(s_findSql, ParametersOf(tenant))?.ToDomain(), ct);

    public Task SetAsync(Tenant tenant, ActiveFaults faults, AuditEntry entry) => database.WriteAsync(tenant, connection =>
    {
        connection.Execute(DeleteSql, ParametersOf(tenant));
        connection.Execute(s_insertSql, Row.Of(tenant, faults));
        return AuditStore.Insert(connection, entry);
    });

    public Task<bool> ClearAsync(Tenant tenant, AuditEntry entry) => database.WriteAsync(tenant, connection => Delete(connection, DeleteSql, tenant, entry));

    public Task<bool> TryTakeAsync(Tenant tenant, FaultPlace place, AuditEntry ended) => database.WriteAsync(tenant, connection =>
    {
        if (connection.Execute(TakeSql(place), ParametersOf(tenant)) == 0)
        {
            return false;
        }

        Delete(connection, DeleteUsedUpSql, tenant, ended);
        return true;
    });

    public Task<IReadOnlyList<Tenant>> ListOverAsync(DateTimeOffset now, CancellationToken ct) => database.ReadAsync<IReadOnlyList<Tenant>>(
        TenantScope.Service,
        connection =>
        [
            .. connection.Query<(long Account, long Location)>(ListOverSql, new { now = UnixTime.Of(now) })
                .Select(row => new Tenant(new AccountId(row.Account), new LocationId(row.Location), TenantEnvironment.Sandbox)),
        ],
        ct);

    private static string TakeSql(FaultPlace place)
    {
        var left = place switch
        {
            FaultPlace.Request => "requests_left",
            FaultPlace.Attempt => "attempts_left",
            _ => "deliveries_left",
        };
        return $"UPDATE sandbox_faults SET {left} = {left} - 1 WHERE location_id = @location AND {left} > 0";
    }

    private static bool Delete(DbConnection connection, string sql, Tenant tenant, AuditEntry entry)
    {
        if (connection.Execute(sql, ParametersOf(tenant)) == 0)
        {
            return false;
        }

        AuditStore.Insert(connection, entry);
        return true;
    }

    private static object ParametersOf(Tenant tenant) => new { location = tenant.Location.Value };

    private sealed record Row
    {
        public required long LocationId { get; init; }

        public required string Plan { get; init; }

        public long? EndsAt { get; init; }

        public int? RequestsLeft { get; init; }

        public int? AttemptsLeft { get; init; }

        public int? DeliveriesLeft { get; init; }

        public static Row Of(Tenant tenant, ActiveFaults faults) => new()
        {
            LocationId = tenant.Location.Value,
            Plan = JsonSerializer.Serialize(faults.Plan.Kinds.ToDictionary(kind => kind.ToString(), kind => faults.Plan[kind], StringComparer.Ordinal)),
            EndsAt = UnixTime.Of(faults.EndsAt),
            RequestsLeft = faults.RequestsLeft,
            AttemptsLeft = faults.AttemptsLeft,
            DeliveriesLeft = faults.DeliveriesLeft,
        };

        public ActiveFaults ToDomain() => new(
            new FaultPlan(JsonSerializer.Deserialize<Dictionary<string, int>>(Plan)!.ToDictionary(amount => Enum.Parse<FaultKind>(amount.Key), amount => amount.Value)),
            UnixTime.ToInstant(EndsAt),
            RequestsLeft,
            AttemptsLeft,
            DeliveriesLeft);
    }
}
