using System.Data.Common;
using System.Net;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Storage.Audit;

internal sealed class AuditStore(IDatabase database) : IAuditStore
{
    private const string InsertSql = """
        INSERT INTO audit_entries (account_id, at, actor, action, subject, topic, succeeded, detail, address)
        VALUES (@account, @at, @actor, @action, @subject, @topic, @succeeded, @detail, @address)
        """;

    internal const string Columns = """
        SELECT e.id AS Id, e.account_id AS AccountId, e.at AS At, e.actor AS Actor, e.action AS Action, e.subject AS Subject, e.topic AS Topic,
               e.succeeded AS Succeeded, e.detail AS Detail, e.address AS Address, m.name AS ActorName,
               COALESCE(k.name, l.name, s.name, i.email, a.name) AS SubjectName, k.location_id AS KeyLocationId, k.environment AS KeyEnvironment
        """;

    // Joins for the names of the actor and the subject of an entry, within its account.
    internal const string Joins = """
          LEFT JOIN members m ON m.account_id = e.account_id AND m.id = CASE WHEN e.actor LIKE 'member:%' THEN CAST(substr(e.actor, 8) AS BIGINT) END
          LEFT JOIN api_keys k ON k.account_id = e.account_id AND k.id = CASE WHEN e.subject LIKE 'key:%' THEN CAST(substr(e.subject, 5) AS BIGINT) END
          LEFT JOIN locations l ON l.account_id = e.account_id AND l.id = CASE WHEN e.subject LIKE 'location:%' THEN CAST(substr(e.subject, 10) AS BIGINT) END
          LEFT JOIN members s ON s.account_id = e.account_id AND s.id = CASE WHEN e.subject LIKE 'member:%' THEN CAST(substr(e.subject, 8) AS BIGINT) END
          LEFT JOIN member_links i ON i.account_id = e.account_id AND i.id = CASE WHEN e.subject LIKE 'invitation:%' THEN CAST(substr(e.subject, 12) AS BIGINT) END
          LEFT JOIN accounts a ON a.id = e.account_id AND e.subject LIKE 'account:%'
        """;

    private const string SelectSql = $"{Columns} FROM audit_entries e {Joins}";

    private const string ListSql = $"{SelectSql} WHERE e.account_id = @account AND e.id < @before ORDER BY e.id DESC LIMIT @limit";

    private const string ListOfSubjectSql =
        $"{SelectSql} WHERE e.account_id = @account AND e.subject = @subject AND e.id < @before ORDER BY e.id DESC LIMIT @limit";

    public Task RecordAsync(AuditEntry entry) => database.WriteAsync(entry.Account, connection => Insert(connection, entry));

    public Task<IReadOnlyList<RecordedAuditEntry>> ListAsync(AccountId account, string? subject, long? before, int limit, CancellationToken ct)
    {
        var parameters = new { account = account.Value, subject, before = before ?? long.MaxValue, limit };
        return database.ReadAsync<IReadOnlyList<RecordedAuditEntry>>(
            account,
            connection => [.. connection.Query<AuditRow>(subject is null ? ListSql : ListOfSubjectSql, parameters).Select(row => row.ToDomain())], ct);
    }

    /// <summary>Adds an entry, within the transaction of the action that it records.</summary>
    internal static int Insert(DbConnection connection, AuditEntry entry) => connection.Execute(
        InsertSql,
        new
        {
            account = entry.Account.Value,
            at = UnixTime.Of(entry.At),
            actor = entry.Actor,
            action = entry.Action,
            subject = entry.Subject,
            topic = entry.Topic?.ToString(),
            succeeded = entry.Succeeded,
            detail = entry.Detail,
            address = entry.Address?.ToString(),
        });

    internal sealed record AuditRow
    {
        public required long Id { get; init; }

        public required long AccountId { get; init; }

        public required long At { get; init; }

        public required string Actor { get; init; }

        public required string Action { get; init; }

        public required string Subject { get; init; }

        public string? Topic { get; init; }

        public required bool Succeeded { get; init; }

        public required string Detail { get; init; }

        public string? Address { get; init; }

        public string? ActorName { get; init; }

        public string? SubjectName { get; init; }

        public long? KeyLocationId { get; init; }

        public int? KeyEnvironment { get; init; }

        public RecordedAuditEntry ToDomain() => new(Id, Entry, ActorName) { Thing = Thing };

        private AuditEntry Entry => new()
        {
            Account = new AccountId(AccountId),
            At = UnixTime.ToInstant(At),
            Actor = Actor,
            Action = Action,
            Subject = Subject,
            Topic = Enum.TryParse<AuditTopic>(Topic, out var topic) ? topic : null,
            Succeeded = Succeeded,
            Detail = Detail,
            Address = Address is null ? null : IPAddress.Parse(Address),
        };

        private AuditThing Thing
        {
            get
            {
                var told = AuditThing.Of(Subject);
                return told with
                {
                    Name = SubjectName ?? told.Name,
                    Tenant = KeyLocationId is { } location && KeyEnvironment is { } environment
                        ? new Tenant(new AccountId(AccountId), new LocationId(location), (TenantEnvironment)environment)
                        : null,
                };
            }
        }
    }
}
