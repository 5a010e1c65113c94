using Dapper;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Tokenization.Storage.Members;

internal sealed class PortalKeyStore(IDatabase database) : IPortalKeyStore
{
    private const string DeleteOldSql = "DELETE FROM sign_in_ceremonies WHERE expires_at <= @now";

    private const string AddSql = "INSERT INTO sign_in_ceremonies (secret_hash, state, expires_at) VALUES (@hash, @state, @expiresAt)";

    private const string UpdateSql = "UPDATE sign_in_ceremonies SET state = @state WHERE secret_hash = @hash AND expires_at > @now";

    private const string FindSql = "SELECT state FROM sign_in_ceremonies WHERE secret_hash = @hash AND expires_at > @now";

    private const string EndSql = "DELETE FROM sign_in_ceremonies WHERE secret_hash = @hash AND expires_at > @now";

    private const string ListKeysSql = "SELECT xml FROM portal_keys ORDER BY id";

    private const string AddKeySql = "INSERT INTO portal_keys (name, xml) VALUES (@name, @xml)";

    public Task AddCeremonyAsync(OpaqueSecret secret, byte[] state, DateTimeOffset now, DateTimeOffset expiresAt) => database.WriteAsync(TenantScope.Service, connection =>
    {
        connection.Execute(DeleteOldSql, new { now = UnixTime.Of(now) });
        return connection.Execute(AddSql, new { hash = secret.Hash(), state, expiresAt = UnixTime.Of(expiresAt) });
    });

    public Task UpdateCeremonyAsync(OpaqueSecret secret, byte[] state, DateTimeOffset now) =>
        database.WriteAsync(TenantScope.Service, connection => connection.Execute(UpdateSql, new { hash = secret.Hash(), state, now = UnixTime.Of(now) }));

    public Task<byte[]?> FindCeremonyAsync(OpaqueSecret secret, DateTimeOffset now, CancellationToken ct) => database.ReadAsync(
        TenantScope.Service,
        connection => connection.QuerySingleOrDefault<byte[]>(FindSql, new { hash = secret.Hash(), now = UnixTime.Of(now) }), ct);

    public Task<bool> TryEndCeremonyAsync(OpaqueSecret secret, DateTimeOffset now) =>
        database.WriteAsync(TenantScope.Service, connection => connection.Execute(EndSql, new { hash = secret.Hash(), now = UnixTime.Of(now) }) > 0);

    // The calling framework has no asynchronous interface; it calls once at each start and once in months.
    public IReadOnlyList<string> ListKeys() =>
        database.ReadAsync<IReadOnlyList<string>>(TenantScope.Service, connection => [.. connection.Query<string>(ListKeysSql)], CancellationToken.None).GetAwaiter().GetResult();

    public void AddKey(string name, string xml) =>
        database.WriteAsync(TenantScope.Service, connection => connection.Execute(AddKeySql, new { name, xml })).GetAwaiter().GetResult();
}
