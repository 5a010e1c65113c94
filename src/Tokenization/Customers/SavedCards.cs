using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Customers;

/// <summary>
/// The saved cards of customers: tokens that were made with the customer's id, while they are <c>Authorized</c>. A token that was charged by its own id
/// is <c>Completed</c>, and is no longer a saved card.
/// </summary>
internal sealed class SavedCards(ICustomerStore store, CustomerIds ids, CustomerSecrets secrets, LocationDirectory locations) : ISavedCardOwners
{
    /// <summary>The actor in the history of a token whose card was removed with a customer's secret.</summary>
    public const string Customer = "customer";

    private const string IdField = "Customer.Id";
    private const string SecretField = "Customer.Secret";
    private const string CardField = "Customer.SavedCardId";

    /// <summary>Finds a customer by its id and a secret of it; null if the secret is not valid.</summary>
    public async Task<StoredCustomer?> OpenAsync(string id, string secret, CancellationToken ct)
    {
        var environment = ids.EnvironmentOf(id);
        return await OpenAsync(environment, secret, ct) is { } customer && customer.RecordId == ids.RecordIdOf(environment, id) ? customer : null;
    }

    /// <summary>Lists the cards of a customer that can be charged now, newest first.</summary>
    public async Task<IReadOnlyList<SavedCard>> ListAsync(StoredCustomer customer, CancellationToken ct)
    {
        var now = await locations.NowAsync(customer.Tenant, ct);
        return
        [
            .. from token in await store.ListCardsAsync(customer, ct)
               let card = token.Card!
               where !card.Expiry.IsExpiredAt(now)
               select new SavedCard(ids.CardIdOf(customer.Tenant.Environment, token.RecordId), new ShownCard(card.Masked, card.Scheme, card.Expiry)),
        ];
    }

    /// <summary>Finds the token of the saved card that a payment names together with a secret of its customer.</summary>
    public async Task<Result<StoredSetupIntent>> FindAsync(Tenant tenant, PayingCustomer paying)
    {
        if (await OpenAsync(tenant.Environment, paying.Secret, CancellationToken.None) is not { } customer || customer.Tenant != tenant)
        {
            return Invalid(SecretField, "The Customer.Secret field must be a secret of one of your customers that has not expired.");
        }

        if (paying.Id is { Length: > 0 } id && ids.RecordIdOf(tenant.Environment, id) != customer.RecordId)
        {
            return Invalid(IdField, "The Customer.Id field names another customer than the secret.");
        }

        var token = await store.FindCardAsync(customer, ids.TokenRecordIdOf(tenant.Environment, paying.SavedCardId), CancellationToken.None);
        return await ValidateAsync(token) ?? (Result<StoredSetupIntent>)Invalid(CardField, "The Customer.SavedCardId field names no saved card of the customer that can be charged.");
    }

    /// <summary>Finds the token of the saved card that a payment was created for, if the card can still be charged.</summary>
    public async Task<Result<StoredSetupIntent>> FindAsync(Tenant tenant, long tokenRecordId) =>
        await ValidateAsync(await store.FindCardAsync(tenant, tokenRecordId, CancellationToken.None))
            ?? (Result<StoredSetupIntent>)new Refusal.WrongState("The saved card was removed, or has expired.");

    public async ValueTask<Result<CardOwner>> FindOwnerAsync(Tenant tenant, string customerId)
    {
        var recordId = ids.RecordIdOf(tenant.Environment, customerId);
        if (recordId < 0)
        {
            return CardOwner.Nobody; // the merchant's own id for the customer, which is stored as it was sent
        }

        return await store.FindAsync(tenant, recordId, CancellationToken.None) is null
            ? Invalid(IdField, "The Customer.Id field names no customer of yours.")
            : new CardOwner(recordId);
    }

    private async Task<StoredCustomer?> OpenAsync(TenantEnvironment environment, string secret, CancellationToken ct) =>
        secrets.HashOf(environment, secret) is { } hash
        && await store.FindBySecretAsync(environment, hash, ct) is var (customer, expiresAt)
        && await locations.NowAsync(customer.Tenant, ct) < expiresAt
            ? customer
            : null;

    private static Refusal.Invalid Invalid(string field, string message) => new([new FieldError(field, message)]);

    private async Task<StoredSetupIntent?> ValidateAsync(StoredSetupIntent? token) =>
        token?.Card is { SealedRecord: not null } card && !card.Expiry.IsExpiredAt(await locations.NowAsync(token.Tenant, CancellationToken.None)) ? token : null;
}
