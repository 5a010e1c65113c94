using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>
/// Resolves authorizations whose answer was lost, by asking the acquirer about them. The acquirer will never accept an attempt that it has not seen when
/// asked (docs/acquirer.md, rule 3), so this makes another one with another transaction id, which is on disk first.
/// </summary>
internal sealed class UnresolvedAuthorizations(ISetupIntentStore store, ICardAuthorizer authorizer, CardOpening opening, LocationDirectory locations)
{
    private const int BatchSize = 50;
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);

    /// <summary>Lists a tenant's setup intents with an unresolved authorization about which the acquirer is to be asked now.</summary>
    public async Task<IReadOnlyList<StoredSetupIntent>> ListAsync(Tenant tenant, CancellationToken ct) =>
        await store.ListUnresolvedAsync(tenant, await locations.NowAsync(tenant, ct), BatchSize, ct);

    /// <summary>Asks about the unresolved authorization of a setup intent, and records the outcome.</summary>
    public async Task ResolveAsync(StoredSetupIntent intent)
    {
        // Postponed first: if anything fails here, the authorization is asked about again, but not at once.
        var now = await locations.NowAsync(intent.Tenant, CancellationToken.None);
        await store.AskLaterAsync(intent, now + s_pause);
        var outcome = await authorizer.AskAsync(intent.Tenant, intent.Attempt!.TransactionId, CancellationToken.None);
        if (outcome is AuthorizationOutcome.NotAttempted && intent.Card?.SealedRecord is not null)
        {
            var anew = new UnresolvedAttempt(TransactionIds.New(), now + s_pause);
            if (!await store.RenameAttemptAsync(intent, anew))
            {
                return;
            }

            intent = intent with { Attempt = anew };
            outcome = await AuthorizeAsync(intent, anew.TransactionId);
        }

        switch (outcome)
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
                break; // asked about again after the pause
        }
    }

    private async Task<AuthorizationOutcome> AuthorizeAsync(StoredSetupIntent intent, string transactionId)
    {
        using var card = await opening.OpenAsync(intent);
        return await authorizer.AuthorizeAsync(intent.Tenant, card, transactionId, CancellationToken.None);
    }
}
