using System.Data.Common;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// What a commit has looked up about locations. The first look-up also covers the locations of the previous commit: under load they recur, and one round trip
/// answers for all.
/// </summary>
/// <typeparam name="T">What is known about a location.</typeparam>
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

    /// <summary>Gets what is known about a location, within a transaction.</summary>
    protected T Of(DbConnection connection, LocationId location)
    {
        if (!_known.TryGetValue(location, out var known))
        {
            Load(connection, _known.Count == 0 ? [location, .. _before] : [location]);
            known = _known[location];
        }

        return known;
    }

    /// <summary>Looks up what is to be known about locations.</summary>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="ids">The ids of the locations, as a JSON array.</param>
    /// <param name="known">Receives the results; it holds <see cref="Nothing"/> for each location.</param>
    protected abstract void Load(DbConnection connection, string ids, Dictionary<LocationId, T> known);

    /// <summary>The value for a location that the look-up does not find.</summary>
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
