using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Tokenization.Storage.Members;

/// <summary>The statements on <c>member_passkeys</c>, for the transactions of the stores that need them.</summary>
internal static class MemberPasskeys
{
    public static readonly string FindMemberSql =
        $"SELECT {MemberRow.Selected} FROM members m JOIN member_passkeys p ON p.member_id = m.id WHERE p.credential_id = @credential";

    private static readonly string s_listSql = $"SELECT {ColumnList.Of<PasskeyRow>().Selected} FROM member_passkeys WHERE member_id = @member ORDER BY created_at";

    private const string InsertSql = """
        INSERT INTO member_passkeys (credential_id, member_id, name, data, created_at) VALUES (@credential, @member, @name, @data, @at)
            ON CONFLICT DO NOTHING
        """;

    private const string UpdateSql = """
        UPDATE member_passkeys SET data = @data, last_used_at = @at WHERE member_id = @member AND credential_id = @credential
        """;

    private const string DeleteSql = """
        DELETE FROM member_passkeys
         WHERE member_id = @member AND credential_id = @credential
           AND (EXISTS (SELECT 1 FROM member_passkeys o WHERE o.member_id = @member AND o.credential_id <> @credential)
                OR EXISTS (SELECT 1 FROM members m WHERE m.id = @member AND m.totp_seed IS NOT NULL))
        """;

    public static IReadOnlyList<Passkey> List(DbConnection connection, MemberId member) =>
        [.. connection.Query<PasskeyRow>(s_listSql, new { member = member.Value }).Select(row => row.ToDomain())];

    public static bool TryInsert(DbConnection connection, MemberId member, Passkey passkey) => connection.Execute(
        InsertSql,
        new { credential = passkey.CredentialId, member = member.Value, name = passkey.Name, data = passkey.Data, at = UnixTime.Of(passkey.CreatedAt) }) > 0;

    public static int Update(DbConnection connection, MemberId member, byte[] credentialId, string data, DateTimeOffset usedAt) =>
        connection.Execute(UpdateSql, new { member = member.Value, credential = credentialId, data, at = UnixTime.Of(usedAt) });

    public static bool TryDelete(DbConnection connection, MemberId member, byte[] credentialId) =>
        connection.Execute(DeleteSql, new { member = member.Value, credential = credentialId }) > 0;

    private sealed record PasskeyRow
    {
        public required byte[] CredentialId { get; init; }

        public required string Name { get; init; }

        public required string Data { get; init; }

        public required long CreatedAt { get; init; }

        public long? LastUsedAt { get; init; }

        public Passkey ToDomain() =>
            new(CredentialId, Name, Data, UnixTime.ToInstant(CreatedAt), LastUsedAt is { } at ? UnixTime.ToInstant(at) : null);
    }
}
