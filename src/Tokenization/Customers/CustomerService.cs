using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Customers;

internal sealed class CustomerService(ICustomerStore store, CustomerIds ids, CustomerSecrets secrets, SavedCards cards, LocationDirectory locations)
    : ICustomerService
{
    private static readonly Refusal.NotFound s_notFound = new("There is no such customer.");
    private static readonly Refusal.NotFound s_noCard = new("The customer has no such saved card.");
    private static readonly Refusal.Conflict s_busy = new("A card of the customer is being charged. Repeat the request in a moment.");

    public async Task<Customer> CreateAsync(Caller caller, CustomerRequest request)
    {
        var now = await locations.NowAsync(caller.Tenant, CancellationToken.None);
        var customer = new StoredCustomer(ids.Next(), caller.Tenant, CustomerDetails.Merge(null, request.DetailsJson), Version: 0, now, now);
        await store.InsertAsync(customer, EntryOf(caller, customer.RecordId, AuditAction.CustomerCreated));
        return Show(customer);
    }

    public async Task<IReadOnlyList<Customer>> GetAsync(Tenant tenant, IReadOnlyCollection<string> named, CancellationToken ct)
    {
        var found = new List<Customer>();
        foreach (var id in named.Distinct(StringComparer.Ordinal))
        {
            if (await store.FindAsync(tenant, ids.RecordIdOf(tenant.Environment, id), ct) is { } customer)
            {
                found.Add(Show(customer));
            }
        }

        return found;
    }

    public async Task<Result<CustomerList>> SearchAsync(Tenant tenant, PageRequest page, CancellationToken ct)
    {
        var place = KeyCursor.Of(page, prefix: "", id => ids.RecordIdOf(tenant.Environment, id));
        if (place.Value is not { } cursor)
        {
            return place.Refusal!;
        }

        // Reads one more than requested, to find out whether there is another page.
        var found = await store.ListAsync(tenant, cursor.NewerThan, cursor.OlderThan, page.Limit + 1, ct);
        var (items, before, after) = cursor.Cut(found, customer => ids.IdOf(tenant.Environment, customer.RecordId));
        return new CustomerList([.. items.Select(Show)], before, after);
    }

    public async Task<Result<Customer>> UpdateAsync(Caller caller, string id, CustomerRequest request)
    {
        var recordId = ids.RecordIdOf(caller.Tenant.Environment, id);
        var changed = request.DetailsJson is { } sent
            ? await store.UpdateAsync(caller.Tenant, recordId, sent, await locations.NowAsync(caller.Tenant, CancellationToken.None), EntryOf(caller, recordId, AuditAction.CustomerChanged))
            : await store.FindAsync(caller.Tenant, recordId, CancellationToken.None); // the request changes nothing
        return changed is null ? s_notFound : Show(changed);
    }

    public async Task<Refusal?> DeleteAsync(Caller caller, string id)
    {
        var now = await locations.NowAsync(caller.Tenant, CancellationToken.None);
        var recordId = ids.RecordIdOf(caller.Tenant.Environment, id);
        return RefusalOf(await store.DeleteAsync(caller.Tenant, recordId, now, EntryOf(caller, recordId, AuditAction.CustomerDeleted)), s_notFound);
    }

    public async Task<Result<CustomerSecret>> CreateSecretAsync(Caller caller, string id)
    {
        var now = await locations.NowAsync(caller.Tenant, CancellationToken.None);
        var expiresAt = now + CustomerSecrets.Lifetime;
        var (secret, hash) = secrets.New(caller.Tenant.Environment);
        return await store.InsertSecretAsync(caller.Tenant, ids.RecordIdOf(caller.Tenant.Environment, id), hash, now, expiresAt)
            ? new CustomerSecret(secret, now, expiresAt)
            : s_notFound;
    }

    public async Task<CustomerCards?> ListCardsAsync(string id, string secret, CancellationToken ct) =>
        await cards.OpenAsync(id, secret, ct) is { } customer ? await ListAsync(customer, ct) : null;

    public async Task<Result<CustomerCards>?> RemoveCardAsync(string id, string secret, string cardId)
    {
        if (await cards.OpenAsync(id, secret, CancellationToken.None) is not { } customer)
        {
            return null;
        }

        var now = await locations.NowAsync(customer.Tenant, CancellationToken.None);
        var outcome = await store.RemoveCardAsync(customer, ids.TokenRecordIdOf(customer.Tenant.Environment, cardId), now, SavedCards.Customer);
        return RefusalOf(outcome, s_noCard) is { } refusal ? refusal : await ListAsync(customer, CancellationToken.None);
    }

    private static Refusal? RefusalOf(RemovalOutcome outcome, Refusal notFound) => outcome switch
    {
        RemovalOutcome.Done => null,
        RemovalOutcome.Busy => s_busy,
        _ => notFound,
    };

    private AuditEntry EntryOf(Caller caller, long recordId, AuditAction action) =>
        AuditActor.Of(caller).Entry(locations.RealNow, action, ids.IdOf(caller.Tenant.Environment, recordId));

    private async Task<CustomerCards> ListAsync(StoredCustomer customer, CancellationToken ct) =>
        new(ids.IdOf(customer.Tenant.Environment, customer.RecordId), await cards.ListAsync(customer, ct));

    private Customer Show(StoredCustomer stored) =>
        new(ids.IdOf(stored.Tenant.Environment, stored.RecordId), stored.DetailsJson, stored.Version, stored.CreatedAt, stored.UpdatedAt);
}
