using System.Buffers.Binary;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Crypto;

internal sealed class DataKeyStore(IDatabase database) : IDataKeyStore
{
    private const string ListSql = """
        SELECT id AS Id, purpose AS Purpose, environment AS Environment, state AS State, created_at AS CreatedAt,
               root_key_id AS RootKeyId, wrapped AS Wrapped, uses AS Uses
          FROM data_keys
         ORDER BY id
        """;

    private const string ManifestSql = "SELECT version AS Version, content AS Content, mac AS Mac FROM data_key_manifest";

    // What else is stored belongs to an account, or is a key of the portal's forms.
    private const string HoldsDataSql = """
        SELECT EXISTS (SELECT 1 FROM accounts) OR EXISTS (SELECT 1 FROM setup_intents) OR EXISTS (SELECT 1 FROM members) OR EXISTS (SELECT 1 FROM portal_keys)
        """;

    private const string NeedsClientSecretsSql = """
        SELECT EXISTS (SELECT 1 FROM setup_intents WHERE environment = @environment AND client_secret_expires_at IS NOT NULL)
            OR EXISTS (SELECT 1 FROM payment_intents WHERE environment = @environment AND client_secret_expires_at IS NOT NULL)
        """;

    private const string NeedsPortalSql = "SELECT EXISTS (SELECT 1 FROM members) OR EXISTS (SELECT 1 FROM portal_keys) OR EXISTS (SELECT 1 FROM sign_in_ceremonies)";

    // Records of one of the two algorithms, of the length that all have: of others, the key's id tells nothing.
    private const string CardKeysSql = """
        SELECT DISTINCT substr(card_record, 2, 4)
          FROM (SELECT card_record FROM setup_intents ORDER BY id DESC LIMIT @tokens)
         WHERE length(card_record) = 55 AND substr(card_record, 1, 1) IN (x'01', x'02')
        """;

    private const string InsertSql = """
        INSERT INTO data_keys (id, purpose, environment, state, created_at, root_key_id, wrapped)
        VALUES (@id, @purpose, @environment, @state, @createdAt, @rootKeyId, @wrapped)
        """;

    private const string RewrapSql = "UPDATE data_keys SET wrapped = @wrapped WHERE id = @id";

    private const string RetireSql = """
        UPDATE data_keys SET state = @state, wrapped = @wrapped, root_key_id = @rootKeyId
         WHERE id = @id AND state = 'Active'
        """;

    private const string InsertManifestSql = "INSERT INTO data_key_manifest (only, version, content, mac) VALUES (1, @Version, @Content, @Mac)";

    private const string AdvanceManifestSql = "UPDATE data_key_manifest SET version = @Version, content = @Content, mac = @Mac WHERE version = @Version - 1";

    private const string AddUsesSql = "UPDATE data_keys SET uses = uses + @uses WHERE id = @keyId RETURNING uses";

    public Task<StoredDataKeys> ReadAsync(CancellationToken ct) => database.ReadAsync(
        connection =>
        {
            using var snapshot = connection.BeginTransaction(deferred: true);
            return new StoredDataKeys(List(connection), ManifestOf(connection));
        },
        ct);

    public Task<bool> HoldsDataAsync(CancellationToken ct) => database.ReadAsync(connection => connection.ExecuteScalar<bool>(HoldsDataSql), ct);

    public Task<bool> NeedsAsync(DataKeyPurpose purpose, TenantEnvironment environment, CancellationToken ct) => database.ReadAsync(
        connection => purpose switch
        {
            DataKeyPurpose.ClientSecret => connection.ExecuteScalar<bool>(NeedsClientSecretsSql, new { environment = (int)environment }),
            DataKeyPurpose.Portal => connection.ExecuteScalar<bool>(NeedsPortalSql),
            _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
        },
        ct);

    public Task<IReadOnlyList<int>> ListCardKeysInUseAsync(int? tokens, CancellationToken ct) => database.ReadAsync<IReadOnlyList<int>>(
        connection => [.. connection.Query<byte[]>(CardKeysSql, new { tokens = tokens ?? -1 }).Select(id => BinaryPrimitives.ReadInt32BigEndian(id)).Order()], ct);

    public Task<bool> TryBeginAsync(IReadOnlyList<WrappedDataKey> before, IReadOnlyList<WrappedDataKey> keys, StoredManifest manifest) =>
        database.WriteAsync(connection =>
        {
            var current = List(connection);
            var isAsBefore = current.Count == before.Count && current.Zip(before).All(pair => pair.First.Wrapped.AsSpan().SequenceEqual(pair.Second.Wrapped));
            if (ManifestOf(connection) is not null || !isAsBefore || (before.Count == 0 && connection.ExecuteScalar<bool>(HoldsDataSql)))
            {
                return false;
            }

            var known = before.Select(key => key.Description.Id).ToHashSet();
            foreach (var key in keys)
            {
                connection.Execute(known.Contains(key.Description.Id) ? RewrapSql : InsertSql, ParametersOf(key));
            }

            connection.Execute(InsertManifestSql, manifest);
            return true;
        });

    public Task<bool> TryReplaceAsync(WrappedDataKey retired, WrappedDataKey successor, StoredManifest manifest) =>
        database.WriteAsync(connection =>
        {
            if (connection.Execute(AdvanceManifestSql, manifest) == 0)
            {
                return false;
            }

            // The manifest is the one that was read, so the keys are too, or someone has changed them.
            return connection.Execute(RetireSql, ParametersOf(retired)) == 1 && connection.Execute(InsertSql, ParametersOf(successor)) == 1
                ? true
                : throw new InvalidOperationException("The data keys are not those of the manifest.");
        });

    public Task<bool> TryAdvanceAsync(StoredManifest manifest) =>
        database.WriteAsync(connection => connection.Execute(AdvanceManifestSql, manifest) == 1);

    public Task<long> AddUsesAsync(int keyId, int uses, CancellationToken ct) =>
        database.WriteAsync(connection => connection.ExecuteScalar<long>(AddUsesSql, new { keyId, uses }));

    private static List<WrappedDataKey> List(SqliteConnection connection) => [.. connection.Query<DataKeyRow>(ListSql).Select(row => row.ToDomain())];

    private static StoredManifest? ManifestOf(SqliteConnection connection) => connection.QuerySingleOrDefault<ManifestRow>(ManifestSql)?.ToDomain();

    private static object ParametersOf(WrappedDataKey key) => new
    {
        id = key.Description.Id,
        purpose = key.Description.Purpose.ToString(),
        environment = (int)key.Description.Environment,
        state = key.Description.State.ToString(),
        createdAt = UnixTime.Of(key.Description.CreatedAt),
        rootKeyId = key.RootKeyId,
        wrapped = key.Wrapped,
    };

    private sealed record ManifestRow
    {
        public required long Version { get; init; }

        public required string Content { get; init; }

        public required byte[] Mac { get; init; }

        public StoredManifest ToDomain() => new(Version, Content, Mac);
    }

    private sealed record DataKeyRow
    {
        public required long Id { get; init; }

        public required string Purpose { get; init; }

        public required int Environment { get; init; }

        public required string State { get; init; }

        public required long CreatedAt { get; init; }

        public required string RootKeyId { get; init; }

        public required byte[] Wrapped { get; init; }

        public required long Uses { get; init; }

        public WrappedDataKey ToDomain()
        {
            try
            {
                var description = new DataKeyDescription(
                    checked((int)Id), Enum.Parse<DataKeyPurpose>(Purpose), (TenantEnvironment)Environment, Enum.Parse<DataKeyState>(State), UnixTime.ToInstant(CreatedAt));
                return new WrappedDataKey(description, RootKeyId, Wrapped, Uses);
            }
            catch (Exception exception) when (exception is ArgumentException or OverflowException)
            {
                throw new StartRefusedException($"Data key {Id} holds what no version of this program writes: its row in the database was changed or added.");
            }
        }
    }
}
