using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Finds tokens and brings them up to date.</summary>
internal sealed class TokenLookup(ISetupIntentStore store, ITokenSearchStore found, SetupIntentIds ids, DueSweep sweep, LocationDirectory locations)
{
    // The same number of batches that a list of the API waits for.
    private const int SweepsBeforeList = 10;

    public static Refusal.NotFound NoSuchToken { get; } = new("There is no such token.");

    /// <summary>Applies the status changes that are due by time, so that a filter by status finds the right tokens.</summary>
    public Task SweepAsync(Tenant tenant, CancellationToken ct) => sweep.SweepAsync(tenant, SweepsBeforeList, ct);

    /// <summary>Finds a tenant's token and brings it up to date; null when there is none.</summary>
    public async Task<StoredSetupIntent?> FindAsync(Tenant tenant, string id, CancellationToken ct) =>
        await store.FindAsync(tenant, ids.RecordIdOf(tenant.Environment, id), ct) is { } stored
            ? await sweep.BringUpToDateAsync(stored, await locations.NowAsync(tenant, ct))
            : null;

    /// <summary>Returns the subject for the audit trail: the id of the token, or a generic word for an id that is not ours and might hold anything.</summary>
    public string SubjectOf(Tenant tenant, string id) => ids.RecordIdOf(tenant.Environment, id) < 0 ? "token" : id;

    /// <summary>Converts a found token to a row, under the id that its tenant sees.</summary>
    public TokenRow RowOf(Tenant tenant, FoundToken token) =>
        new(ids.TokenOf(tenant.Environment, token.RecordId), token.Status, token.Outcome, token.CreatedAt, token.Reference, token.Card, token.CreatedBy);

    /// <summary>Loads a token with its history and the names of the actors in it; null when there is none.</summary>
    public async Task<TokenDetail?> ShowAsync(StoredSetupIntent stored, CancellationToken ct)
    {
        var events = await store.ListEventsAsync(stored.Tenant, stored.RecordId, ct);
        var names = await found.NameAsync(stored.Tenant.Account, [.. events.Select(entry => entry.Actor)], ct);
        var timeline = events.Select(entry => new TimelineEntry(entry, names.GetValueOrDefault(entry.Actor, entry.Actor))).ToList();
        return await found.PickAsync(stored.Tenant, new TokenSearch(), [stored.RecordId], ct) is [{ } row]
            ? new TokenDetail(ids.ToSetupIntent(stored) with { Events = events }, timeline, row.Outcome, row.CreatedBy, stored.ChargedBy is not null)
            : null;
    }
}
