using System.Buffers.Binary;
using System.Data.Common;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;

namespace Dojo.Pci.Tokenization.Storage.Crypto;

internal sealed class DataKeyStore(IDatabase database) : IDataKeyStore
{
    private static readonly string s_listSql = $"SELECT {ColumnList.Of<DataKeyRow>().Selected} FROM data_keys ORDER BY id";

    private static readonly string s_manifestSql = $"SELECT {ColumnList.Of<ManifestRow>().Selected} FROM data_key_manifest";

    // All other rows belong to an account, or are keys of the portal's forms.
    private const string HoldsDataSql = """
        SELECT EXISTS (SELECT 1 FROM accounts) OR EXISTS (SELECT 1 FROM setup_intents) OR EXISTS (SELECT 1 FROM members) OR EXISTS (SELECT 1 FROM portal_keys)
        """;

    private const string NeedsClientSecretsSql = """
        SELECT EXISTS (SELECT 1 FROM setup_intents WHERE environment = @environment AND client_secret_expires_at IS NOT NULL)
            OR EXISTS (SELECT 1 FROM payment_intents WHERE environment = @environment AND client_secret_expires_at IS NOT NULL)
        """;

    private const string NeedsPortalSql = "SELECT EXISTS (SELECT 1 FROM members) OR EXISTS (SELECT 1 FROM portal_keys) OR EXISTS (SELECT 1 FROM sign_in_ceremonies)";

    // Only records with one of the two algorithms and the common length; in other records these bytes are no key id.
    private const string CardKeysSql = """
        SELECT DISTINCT substr(card_record, 2, 4)
          FROM (SELECT card_record FROM setup_intents ORDER BY id DESC LIMIT @tokens) AS newest
         WHERE length(card_record) = 55 AND substr(card_record, 1, 1) IN (x'01', x'02')
        """;

    private static readonly string s_insertSql = ColumnList.Of<DataKeyRow>().InsertInto("data_keys");

    private const string RewrapSql = "UPDATE data_keys SET wrapped = @wrapped WHERE id = @id";

    private const string RetireSql = """
        UPDATE data_keys SET state = @state, wrapped = @wrapped, root_key_id = @rootKeyId
         WHERE id = @id AND state = 'Active'
        """;

    private const string InsertManifestSql = "INSERT INTO data_key_manifest (\"only\", version, content, mac) VALUES (1, @version, @content, @mac)";

    private const string AdvanceManifestSql = "UPDATE data_key_manifest SET version = @version, content = @content, mac = @mac WHERE version = @version - 1";

    private const string AddUsesSql = "UPDATE data_keys SET uses = uses + @uses WHERE id = @keyId RETURNING uses";

    public Task<StoredDataKeys> ReadAsync(CancellationToken ct) => database.ReadAsync(
        TenantScope.Service,
        connection =>
        {
            using var snapshot = connection.BeginSnapshot();
            return new StoredDataKeys(List(connection), ManifestOf(connection));
        },
        ct);

    public Task<bool> HoldsDataAsync(CancellationToken ct) => database.ReadAsync(TenantScope.Service, connection => connection.ExecuteScalar<bool>(HoldsDataSql), ct);

    public Task<bool> NeedsAsync(DataKeyPurpose purpose, TenantEnvironment environment, CancellationToken ct) => database.ReadAsync(
        TenantScope.Service,
        connection => purpose switch
        {
            DataKeyPurpose.ClientSecret => connection.ExecuteScalar<bool>(NeedsClientSecretsSql, new { environment = (int)environment }),
            DataKeyPurpose.Portal => connection.ExecuteScalar<bool>(NeedsPortalSql),
            _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
        },
        ct);

    public Task<IReadOnlyList<int>> ListCardKeysInUseAsync(int? tokens, CancellationToken ct) => database.ReadAsync<IReadOnlyList<int>>(
        TenantScope.Service,
        connection => [.. connection.Query<byte[]>(CardKeysSql, new { tokens = tokens ?? -1 }).Select(id => BinaryPrimitives.ReadInt32BigEndian(id)).Order()], ct);

    public Task<bool> TryBeginAsync(IReadOnlyList<WrappedDataKey> before, IReadOnlyList<WrappedDataKey> keys, StoredManifest manifest) =>
        database.WriteAsync(TenantScope.Service, connection =>
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
                if (known.Contains(key.Description.Id))
                {
                    connection.Execute(RewrapSql, ParametersOf(key));
                }
                else
                {
                    connection.Execute(s_insertSql, DataKeyRow.Of(key));
                }
            }

            connection.Execute(InsertManifestSql, ParametersOf(manifest));
            return true;
        });

    public Task<bool> TryReplaceAsync(WrappedDataKey retired, WrappedDataKey successor, StoredManifest manifest) =>
        database.WriteAsync(TenantScope.Service, connection =>
        {
            if (connection.Execute(AdvanceManifestSql, ParametersOf(manifest)) == 0)
            {
                return false;
            }

            // The manifest is the one that was read, so the keys must be too, unless someone has changed them.
            return connection.Execute(RetireSql, ParametersOf(retired)) == 1 && connection.Execute(s_insertSql, DataKeyRow.Of(successor)) == 1
                ? true
                : throw new InvalidOperationException("The data keys are not those of the manifest.");
        });

    public Task<bool> TryAdvanceAsync(StoredManifest manifest) =>
        database.WriteAsync(TenantScope.Service, connection => connection.Execute(AdvanceManifestSql, ParametersOf(manifest)) == 1);

    public Task<long> AddUsesAsync(int keyId, int uses, CancellationToken ct) =>
        database.WriteAsync(TenantScope.Service, connection => connection.ExecuteScalar<long>(AddUsesSql, new { keyId, uses }));

    private static List<WrappedDataKey> List(DbConnection connection) => [.. connection.Query<DataKeyRow>(s_listSql).Select(row => row.ToDomain())];

    private static StoredManifest? ManifestOf(DbConnection connection) => connection.QuerySingleOrDefault<ManifestRow>(s_manifestSql)?.ToDomain();

    private static object ParametersOf(WrappedDataKey key) =>
        new { id = key.Description.Id, state = key.Description.State.ToString(), rootKeyId = key.RootKeyId, wrapped = key.Wrapped };

    private static object ParametersOf(StoredManifest manifest) => new { version = manifest.Version, content = manifest.Content, mac = manifest.Mac };

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

        public static DataKeyRow Of(WrappedDataKey key) => new()
        {
            Id = key.Description.Id,
            Purpose = key.Description.Purpose.ToString(),
            Environment = (int)key.Description.Environment,
            State = key.Description.State.ToString(),
            CreatedAt = UnixTime.Of(key.Description.CreatedAt),
            RootKeyId = key.RootKeyId,
            Wrapped = key.Wrapped,
            Uses = key.Uses,
        };

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
