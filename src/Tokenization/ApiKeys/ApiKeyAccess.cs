using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>Decides who may see and change keys, and holds the refusals about keys.</summary>
internal sealed class ApiKeyAccess(OperationGate gate)
{
    /// <summary>The subject in the audit trail when no single key is meant.</summary>
    public const string AllKeys = "api keys";

    public static readonly Refusal.NotFound NoSuchKey = new("There is no such API key.");
    public static readonly Refusal.NotFound NoSuchPlace = new("There is no such location.");
    public static readonly Refusal.WrongState IsDeleted = new("The key is deleted.");
    public static readonly Refusal.WrongState ExpiredForGood = new("The key expired more than 24 hours ago: it can no longer be extended. Create a new one.");
    public static readonly Refusal.Conflict MadeAlready = new("This key was already made; make another.");
    public static readonly Refusal.Conflict IsChanging = new("The key is being changed by others. Read it again.");

    /// <summary>Returns the operation that a member who changes keys of an environment must be allowed.</summary>
    public static Operation ChangesOf(TenantEnvironment environment) =>
        environment == TenantEnvironment.Production ? Operation.ManageProductionApiKeys : Operation.ManageSandboxApiKeys;

    public async Task<Refusal?> RefuseReadingAsync(SignedInMember who, Tenant tenant, string subject) =>
        await gate.RefuseAsync(who, Operation.ViewApiKeys, subject) ?? RefuseStranger(who, tenant);

    public async Task<Refusal?> RefuseChangesAsync(SignedInMember who, Tenant tenant, string subject) =>
        await gate.RefuseAsync(who, ChangesOf(tenant.Environment), subject) ?? RefuseStranger(who, tenant);

    private static Refusal.NotFound? RefuseStranger(SignedInMember who, Tenant tenant) => tenant.Account == who.Account ? null : NoSuchKey;
}
