using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>Who may see and change keys, and in which words others are refused.</summary>
internal static class ApiKeyAccess
{
    public static readonly Refusal.NotFound NoSuchKey = new("There is no such API key.");
    public static readonly Refusal.NotFound NoSuchPlace = new("There is no such location.");
    public static readonly Refusal.WrongState IsDeleted = new("The key is deleted.");
    public static readonly Refusal.Conflict MadeAlready = new("This key was already made; make another.");

    public static Refusal? RefuseReading(SignedInMember who, Tenant tenant, DateTimeOffset now) =>
        RoleTable.Refuse(who, Operation.ViewApiKeys, now) ?? RefuseStranger(who, tenant);

    public static Refusal? RefuseChanges(SignedInMember who, Tenant tenant, DateTimeOffset now) =>
        RefuseChanges(who, tenant.Environment, now) ?? RefuseStranger(who, tenant);

    public static Refusal? RefuseChanges(SignedInMember who, TenantEnvironment environment, DateTimeOffset now) =>
        RoleTable.Refuse(who, environment == TenantEnvironment.Production ? Operation.ManageProductionApiKeys : Operation.ManageSandboxApiKeys, now);

    private static Refusal.NotFound? RefuseStranger(SignedInMember who, Tenant tenant) => tenant.Account == who.Account ? null : NoSuchKey;
}
