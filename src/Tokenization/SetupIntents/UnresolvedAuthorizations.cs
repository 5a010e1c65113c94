using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>
/// Finds out what became of authorizations whose answer got lost: by asking. An attempt that the acquirer has never seen never
/// will be seen (docs/acquirer.md, rule 3): another is made under another name, which is on disk first.
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
                await store.AskLaterAsync(intent, now + s_pause);
                break;
        }
    }

    private async Task<AuthorizationOutcome> AuthorizeAsync(StoredSetupIntent intent, string transactionId)
    {
        using var card = await opening.OpenAsync(intent);
        return await authorizer.AuthorizeAsync(intent.Tenant, card, transactionId, CancellationToken.None);
    }
}
