using System.Data.Common;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Storage.SetupIntents;

/// <summary>
/// Inserts a new setup intent with its first events. Every tokenization waits for this, so it uses prepared statements and only
/// appends rows. Everything that can be computed in advance is ready when the writer's turn comes.
/// </summary>
internal sealed class SetupIntentInsert(StoredSetupIntent intent, IReadOnlyList<SetupIntentEvent> events, byte[] seal)
{
    private const string ClaimReferenceSql = """
        INSERT INTO reference_claims (location_id, environment, reference) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING
        """;

    private static readonly string s_insertSql =
        $"INSERT INTO setup_intents ({SetupIntentRow.Columns.Names}, seal) VALUES ({SetupIntentRow.Columns.Places}, ?{SetupIntentRow.Columns.Count + 1})";

    private readonly byte[]? _metadata = StoredMetadata.WriteUtf8(intent.Metadata);

    /// <summary>Inserts within a transaction. Returns false and does nothing if the location requires unique references and this one is taken.</summary>
    public bool TryRun(DbConnection connection)
    {
        if (!TryClaimReference(connection))
        {
            return false;
        }

        SetupIntentRow.Bind(connection.Prepared(s_insertSql), intent, _metadata).Bind(SetupIntentRow.Columns.Count + 1, seal).ExecuteLater();
        for (var position = 0; position < events.Count; position++)
        {
            SetupIntentEvents.Insert(connection, intent.RecordId, position, events[position]);
        }

        return true;
    }

    private bool TryClaimReference(DbConnection connection)
    {
        var tenant = intent.Tenant;
        return !UniqueReferences.AreWanted(connection, tenant.Location)
            || connection.Prepared(ClaimReferenceSql).Bind(1, tenant.Location.Value).Bind(2, (int)tenant.Environment).Bind(3, intent.Reference).Execute() == 1;
    }
}
