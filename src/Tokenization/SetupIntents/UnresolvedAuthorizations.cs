using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>
/// Finds out what became of authorizations whose answer got lost: by asking, and by making the attempt again under its own
/// name only where the acquirer has never seen it.
/// </summary>
internal sealed class UnresolvedAuthorizations(ISetupIntentStore store, ICardAuthorizer authorizer, CardOpening opening, LocationDirectory locations)
{
    private const int BatchSize = 50;
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);

    public async Task ResolveAsync(Tenant tenant, CancellationToken ct)
    {
        var now = await locations.NowAsync(tenant, ct);
        foreach (var intent in await store.ListUnresolvedAsync(tenant, now, BatchSize, ct))
        {
            await ResolveAsync(intent, now);
        }
    }

    private async Task ResolveAsync(StoredSetupIntent intent, DateTimeOffset now)
    {
        switch (await AskAsync(intent))
        {
            case AuthorizationOutcome.Approved approved when
                SetupIntentLife.Move(
                    intent, SetupIntentTrigger.Authorize, now, Actors.Issuer, "the issuer had approved", approved.TransactionId, approved.AuthCode) is { } transition:
                await store.ApplyAsync(transition);
                break;
            case AuthorizationOutcome.Declined declined:
                await store.RecordDeclineAsync(
                    intent, new SetupIntentEvent(SetupIntentEventType.Declined, now, Actors.Issuer, "the issuer had declined", declined.TransactionId));
                break;
            default:
                await store.AskLaterAsync(intent, now + s_pause);
                break;
        }
    }

    private async Task<AuthorizationOutcome> AskAsync(StoredSetupIntent intent)
    {
        var transactionId = intent.Attempt!.TransactionId;
        var outcome = await authorizer.AskAsync(intent.Tenant, transactionId, CancellationToken.None);
        if (outcome is not AuthorizationOutcome.NotAttempted || intent.Card?.SealedRecord is null)
        {
            return outcome;
        }

        using var card = await opening.OpenAsync(intent);
        return await authorizer.AuthorizeAsync(intent.Tenant, card, transactionId, CancellationToken.None);
    }
}
