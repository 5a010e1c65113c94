using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Vault;

namespace Dojo.Pci.Tokenization.Storage;

internal sealed class DataKeyStore(IDatabase database) : IDataKeyStore
{
    private const string ListSql = """
        SELECT id AS Id, purpose AS Purpose, environment AS Environment, state AS State, created_at AS CreatedAt,
               root_key_id AS RootKeyId, wrapped AS Wrapped, uses AS Uses
          FROM data_keys
         ORDER BY id
        """;

    private const string InsertSql = """
        INSERT INTO data_keys (id, purpose, environment, state, created_at, root_key_id, wrapped)
        VALUES (@id, @purpose, @environment, @state, @createdAt, @rootKeyId, @wrapped)
            ON CONFLICT DO NOTHING
        """;

    private const string RetireSql = """
        UPDATE data_keys SET state = @state, wrapped = @wrapped, root_key_id = @rootKeyId
         WHERE id = @id AND state = 'Active'
        """;

    private const string AddUsesSql = "UPDATE data_keys SET uses = uses + @uses WHERE id = @keyId RETURNING uses";

    public Task<IReadOnlyList<WrappedDataKey>> ListAsync(CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<WrappedDataKey>>(
            connection => [.. connection.Query<DataKeyRow>(ListSql).Select(row => row.ToDomain())], ct);

    public Task<bool> TryInsertAsync(WrappedDataKey key, CancellationToken ct) =>
        database.WriteAsync(connection => connection.Execute(InsertSql, ParametersOf(key)) == 1);

    public Task<bool> TryReplaceAsync(WrappedDataKey retired, WrappedDataKey successor, CancellationToken ct) =>
        database.WriteAsync(connection =>
        {
            if (connection.Execute(RetireSql, ParametersOf(retired)) == 0)
            {
                return false;
            }

            return connection.Execute(InsertSql, ParametersOf(successor)) == 1
                ? true
                : throw new InvalidOperationException("The successor's id is taken although its predecessor was still active.");
        });

    public Task<long> AddUsesAsync(int keyId, int uses, CancellationToken ct) =>
        database.WriteAsync(connection => connection.ExecuteScalar<long>(AddUsesSql, new { keyId, uses }));

    private static object ParametersOf(WrappedDataKey key) => new
    {
        id = key.Description.Id,
        purpose = key.Description.Purpose.ToString(),
        environment = (int)key.Description.Environment,
        state = key.Description.State.ToString(),
        createdAt = Instants.ToUnix(key.Description.CreatedAt),
        rootKeyId = key.RootKeyId,
        wrapped = key.Wrapped,
    };

    private sealed record DataKeyRow
    {
        public required int Id { get; init; }

        public required string Purpose { get; init; }

        public required int Environment { get; init; }

        public required string State { get; init; }

        public required long CreatedAt { get; init; }

        public required string RootKeyId { get; init; }

        public required byte[] Wrapped { get; init; }

        public required long Uses { get; init; }

        public WrappedDataKey ToDomain() => new(
            new DataKeyDescription(
                Id, Enum.Parse<DataKeyPurpose>(Purpose), (TenantEnvironment)Environment, Enum.Parse<DataKeyState>(State), Instants.FromUnix(CreatedAt)),
            RootKeyId,
            Wrapped,
            Uses);
    }
}
