using System.Data.Common;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Storage.SetupIntents;

/// <summary>Looks up which locations require unique references.</summary>
internal sealed class UniqueReferences : LocationLookups<bool>
{
    private const string WantedSql = "SELECT id FROM locations WHERE unique_references = 1 AND id IN (SELECT value FROM json_each(?1))";

    private static readonly Func<UniqueReferences> s_make = static () => new UniqueReferences();

    /// <summary>Within a transaction: whether a location requires unique references.</summary>
    public static bool AreWanted(DbConnection connection, LocationId location) => connection.CommitStates().Of(s_make).Of(connection, location);

    /// <summary>Within a transaction: clears the look-ups after a location's setting was changed.</summary>
    public static void Forget(DbConnection connection) => connection.CommitStates().Of(s_make).Drop();

    /// <inheritdoc/>
    protected override void Load(DbConnection connection, string ids, Dictionary<LocationId, bool> known) =>
        connection.Prepared(WantedSql).Bind(1, ids).Each(row => known[new LocationId(row.Int64(0))] = true);

    /// <inheritdoc/>
    protected override bool Nothing() => false;
}
