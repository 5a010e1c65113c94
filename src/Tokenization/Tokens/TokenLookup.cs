using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>Tokens as they are now.</summary>
internal sealed class TokenLookup(ISetupIntentStore store, ITokenSearchStore found, SetupIntentIds ids, DueSweep sweep, LocationDirectory locations)
{
    // As many batches as a list of the API waits for.
    private const int SweepsBeforeList = 10;

    public static Refusal.NotFound NoSuchToken { get; } = new("There is no such token.");

    /// <summary>Carries out what time has brought about, so that a filter by status finds what it should.</summary>
    public Task SweepAsync(Tenant tenant, CancellationToken ct) => sweep.SweepAsync(tenant, SweepsBeforeList, ct);

    /// <summary>A tenant's token as it is now, or null.</summary>
    public async Task<StoredSetupIntent?> FindAsync(Tenant tenant, string id, CancellationToken ct) =>
        await store.FindAsync(tenant, ids.RecordIdOf(tenant.Environment, id), ct) is { } stored
            ? await sweep.BringUpToDateAsync(stored, await locations.NowAsync(tenant, ct))
            : null;

    /// <summary>What the trail calls a token: its id, unless it is none of ours and might be anything.</summary>
    public string SubjectOf(Tenant tenant, string id) => ids.RecordIdOf(tenant.Environment, id) < 0 ? "token" : id;

    /// <summary>A found token, under the id that its tenant sees.</summary>
    public TokenRow RowOf(Tenant tenant, FoundToken token) =>
        new(ids.TokenOf(tenant.Environment, token.RecordId), token.Status, token.Outcome, token.CreatedAt, token.Reference, token.Card, token.CreatedBy);

    /// <summary>A token with its history, and the names of those who made it.</summary>
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
