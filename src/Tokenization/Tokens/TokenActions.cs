using System.Text;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Tokens;

internal sealed class TokenActions(ISetupIntentService intents, TenantAccess access, TokenLookup lookup, LocationDirectory locations, TimeProvider clock) : ITokenActions
{
    private const int YearsToExpiry = 3;

    public async Task<Result<SetupIntent>> EndAsync(SignedInMember who, Tenant tenant, string id, SetupIntentStatus seen)
    {
        if (await access.RefuseAsync(who, Operation.EndTokens, tenant, CancellationToken.None, lookup.SubjectOf(tenant, id)) is { } refusal)
        {
            return refusal;
        }

        if (await lookup.FindAsync(tenant, id, CancellationToken.None) is not { } stored)
        {
            return TokenLookup.NoSuchToken;
        }

        if (stored.Status != seen)
        {
            return new Refusal.WrongState($"The token has changed meanwhile: it is {stored.Status} now.");
        }

        // If the token is authorized after the check above, DeleteAsync refuses: a cancellation does not include authorized tokens.
        var closes = seen == SetupIntentStatus.Authorized;
        return await intents.DeleteAsync(new Caller(tenant, who.Actor), id, closes, who.Entry(clock.GetUtcNow(), closes ? AuditAction.TokenClosed : AuditAction.TokenCanceled, id));
    }

    public async Task<Result<SetupIntent>> CreateTestTokenAsync(SignedInMember who, Tenant tenant, TestCard card, string reference)
    {
        if (await access.RefuseAsync(who, Operation.CreateTestTokens, tenant, CancellationToken.None) is { } refusal)
        {
            return refusal;
        }

        if (tenant.Environment != TenantEnvironment.Sandbox)
        {
            return new Refusal.Forbidden("Test tokens are for the sandbox only.");
        }

        using var validator = new SetupIntentValidator(TestCardRule.Required);
        var now = await locations.NowAsync(tenant, CancellationToken.None);
        validator.CardNumber(Encoding.ASCII.GetBytes(card.Number));
        validator.ExpiryDate(Encoding.ASCII.GetBytes(new CardExpiry(now.Year + YearsToExpiry, now.Month).ToString()));
        validator.Reference(Encoding.UTF8.GetBytes(reference));
        var validated = validator.Validate();
        using var request = validated.Value;
        return request is null
            ? validated.Refusal!
            : await intents.CreateAsync(new Caller(tenant, who.Actor), request, idempotencyKey: null, who.Entry(clock.GetUtcNow(), AuditAction.TestTokenCreated, subject: ""));
    }
}
