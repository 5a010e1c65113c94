using System.Data.Common;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// What a commit has looked up of locations. The first question is about all locations of the commit before too: under load they come again, and one round trip tells of all.
/// </summary>
/// <typeparam name="T">What is known of a location.</typeparam>
internal abstract class LocationLookups<T> : ICommitState
{
    private const int MostAtOnce = 64;

    private readonly Dictionary<LocationId, T> _known = [];
    private readonly List<LocationId> _before = [];

    /// <inheritdoc/>
    public void Finish(DbConnection connection)
    {
        _before.Clear();
        _before.AddRange(_known.Keys.Take(MostAtOnce));
        Drop();
    }

    /// <inheritdoc/>
    public void Drop() => _known.Clear();

    /// <summary>What is known of a location, within a transaction.</summary>
    protected T Of(DbConnection connection, LocationId location)
    {
        if (!_known.TryGetValue(location, out var known))
        {
            Load(connection, _known.Count == 0 ? [location, .. _before] : [location]);
            known = _known[location];
        }

        return known;
    }

    /// <summary>Looks up what is to be known of locations.</summary>
    /// <param name="connection">The transaction's.</param>
    /// <param name="ids">Their numbers, as a list in JSON.</param>
    /// <param name="known">Where it is put; holds <see cref="Nothing"/> for each of them.</param>
    protected abstract void Load(DbConnection connection, string ids, Dictionary<LocationId, T> known);

    /// <summary>What is known of a location that the look-up does not find.</summary>
    protected abstract T Nothing();

    private void Load(DbConnection connection, IReadOnlyList<LocationId> locations)
    {
        foreach (var location in locations)
        {
            _known[location] = Nothing();
        }

        using (connection.InScope(TenantScope.Service))
        {
            Load(connection, JsonList.Of(locations.Select(location => location.Value)), _known);
        }
    }
}
