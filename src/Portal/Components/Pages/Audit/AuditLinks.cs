using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Portal.Components.Pages.Audit;

/// <summary>Finds the pages of the things that audit entries are about.</summary>
internal static class AuditLinks
{
    private const string ProductionPrefix = "si_prod_";

    /// <summary>Returns the address of a thing; null if it has no page, or if the reader's role may not open it.</summary>
    /// <param name="selected">The selected location and environment.</param>
    /// <param name="role">The reader's role.</param>
    /// <param name="thing">The thing.</param>
    public static string? AddressOf(SelectedTenant selected, MemberRole role, AuditThing thing) => thing switch
    {
        { Kind: AuditThingKind.Member, Id: { } id } => If(role, Operation.ViewMembers, PortalUrls.Member(selected, new MemberId(id))),
        { Kind: AuditThingKind.Members or AuditThingKind.Invitation } => If(role, Operation.ViewMembers, PortalUrls.In(selected, PortalUrls.Members)),
        { Kind: AuditThingKind.ApiKey, Id: { } id, Tenant: { } tenant } when PlaceOf(selected, tenant) is { } there =>
            If(role, Operation.ViewApiKeys, PortalUrls.ApiKey(there, new ApiKeyId(id))),
        { Kind: AuditThingKind.ApiKeys } => If(role, Operation.ViewApiKeys, PortalUrls.In(selected, PortalUrls.ApiKeys)),
        { Kind: AuditThingKind.Token, Name: { } token } => If(role, Operation.BrowseTokens, PortalUrls.Token(selected with { Environment = EnvironmentOf(token) }, token)),
        { Kind: AuditThingKind.Account } => If(role, Operation.ViewSettings, PortalUrls.In(selected, PortalUrls.Settings)),
        { Kind: AuditThingKind.Location, Id: { } id } when selected.Locations.FirstOrDefault(location => location.Id.Value == id) is { } location =>
            If(role, Operation.ViewSettings, PortalUrls.In(selected with { Location = location }, PortalUrls.Settings)),
        _ => null,
    };

    private static string? If(MemberRole role, Operation operation, string address) => RoleTable.Allows(role, operation) ? address : null;

    private static SelectedTenant? PlaceOf(SelectedTenant selected, Tenant tenant) =>
        selected.Locations.FirstOrDefault(location => location.Id == tenant.Location) is { } location ? selected with { Location = location, Environment = tenant.Environment } : null;

    private static TenantEnvironment EnvironmentOf(string token) =>
        token.StartsWith(ProductionPrefix, StringComparison.Ordinal) ? TenantEnvironment.Production : TenantEnvironment.Sandbox;
}
