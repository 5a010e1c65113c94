using System.Security.Cryptography;
using Dapper;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Crypto;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>Turns a database into one from before the manifest: no manifest, no seals, and keys wrapped in the old way.</summary>
internal static class OldDatabase
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static void MakeOf(VaultDirectory directory)
    {
        using var root = new FileRootKeyProvider(Options.Create(new VaultOptions { KeyDirectory = directory.Keys })).Load();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = directory.DatabaseFile, Pooling = false }.ToString());
        foreach (var (id, purpose, environment, state, createdAt, wrapped) in connection.Query<(long, string, long, string, long, byte[])>(
            "SELECT id, purpose, environment, state, created_at, wrapped FROM data_keys").ToList())
        {
            var description = new DataKeyDescription(
                (int)id, Enum.Parse<DataKeyPurpose>(purpose), (Tokenization.Accounts.TenantEnvironment)environment, Enum.Parse<DataKeyState>(state), UnixTime.ToInstant(createdAt));
            using var key = KeyWrapping.Unwrap(root, new WrappedDataKey(description, root.Id, wrapped, Uses: 0));
            connection.Execute("UPDATE data_keys SET wrapped = @old WHERE id = @id", new { id, old = WrapAsBefore(root, description, key.Material) });
        }

        connection.Execute("""
            DELETE FROM data_keys WHERE purpose = 'TokenSeal';
            DROP TABLE data_key_manifest;
            DROP TRIGGER audit_entries_no_replace;
            DROP TRIGGER audit_entries_no_gap;
            DROP TRIGGER setup_intent_events_no_update;
            DROP TRIGGER setup_intent_events_no_delete;
            DROP TRIGGER setup_intent_events_only_append;
            DROP TRIGGER payment_intent_events_no_update;
            DROP TRIGGER payment_intent_events_no_delete;
            DROP TRIGGER payment_intent_events_only_append;
            ALTER TABLE setup_intents DROP COLUMN seal;

            -- What V030 has made of triggers of V013.
            DROP TRIGGER payment_settlements_no_delete;
            ALTER TABLE locations DROP COLUMN vanishes_at;
            ALTER TABLE locations DROP COLUMN made_by_location_id;
            ALTER TABLE locations DROP COLUMN removed_at;
            DROP TABLE sandbox_erasures;
            DROP INDEX ix_payment_intents_saved_card;
            DROP INDEX ix_customers_location;
            CREATE TRIGGER payment_settlements_no_delete BEFORE DELETE ON payment_settlements BEGIN SELECT RAISE(ABORT, 'a settlement is not deleted'); END;

            DELETE FROM schema_migrations WHERE version IN (13, 30);
            """);
    }

    private static byte[] WrapAsBefore(RootKey root, DataKeyDescription key, ReadOnlySpan<byte> material)
    {
        var place = new Binding("dojo-pci wrapped data key v1"u8)
            .Add(root.Id).Add(key.Id).Add(key.Purpose.ToString()).Add((int)key.Environment).Add(key.State.ToString()).Add(key.CreatedAt.ToUnixTimeMilliseconds())
            .ToArray();
        Span<byte> wrappingKey = stackalloc byte[RootKey.Length];
        root.DeriveWrappingKey(wrappingKey);
        using var aes = new AesGcm(wrappingKey, TagLength);
        var wrapped = new byte[NonceLength + DataKey.Length + TagLength];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceLength));
        aes.Encrypt(wrapped.AsSpan(0, NonceLength), material, wrapped.AsSpan(NonceLength, DataKey.Length), wrapped.AsSpan(NonceLength + DataKey.Length), place);
        return wrapped;
    }
}
