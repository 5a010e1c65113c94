using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Components.Pages.Trail;

/// <summary>Where the things are that entries of the trail are about.</summary>
internal static class TrailLinks
{
    private const string ProductionPrefix = "si_prod_";

    /// <summary>The address of a thing; null where it has no page, or the reader's role does not open it.</summary>
    /// <param name="place">Where the reader is.</param>
    /// <param name="role">What the reader may open.</param>
    /// <param name="thing">The thing.</param>
    public static string? AddressOf(Workplace place, MemberRole role, AuditThing thing) => thing switch
    {
        { Kind: AuditThingKind.Member, Id: { } id } => If(role, Operation.ViewMembers, PortalUrls.Member(place, new MemberId(id))),
        { Kind: AuditThingKind.Members or AuditThingKind.Invitation } => If(role, Operation.ViewMembers, PortalUrls.In(place, PortalUrls.Members)),
        { Kind: AuditThingKind.ApiKey, Id: { } id, Tenant: { } tenant } when PlaceOf(place, tenant) is { } there =>
            If(role, Operation.ViewApiKeys, PortalUrls.ApiKey(there, new ApiKeyId(id))),
        { Kind: AuditThingKind.ApiKeys } => If(role, Operation.ViewApiKeys, PortalUrls.In(place, PortalUrls.ApiKeys)),
        { Kind: AuditThingKind.Token, Name: { } token } => If(role, Operation.BrowseTokens, PortalUrls.Token(place with { Environment = EnvironmentOf(token) }, token)),
        { Kind: AuditThingKind.Account } => If(role, Operation.ViewSettings, PortalUrls.In(place, PortalUrls.Settings)),
        { Kind: AuditThingKind.Location, Id: { } id } when place.Locations.FirstOrDefault(location => location.Id.Value == id) is { } location =>
            If(role, Operation.ViewSettings, PortalUrls.In(place with { Location = location }, PortalUrls.Settings)),
        _ => null,
    };

    private static string? If(MemberRole role, Operation operation, string address) => RoleTable.Allows(role, operation) ? address : null;

    private static Workplace? PlaceOf(Workplace place, Tenant tenant) =>
        place.Locations.FirstOrDefault(location => location.Id == tenant.Location) is { } location ? place with { Location = location, Environment = tenant.Environment } : null;

    private static TenantEnvironment EnvironmentOf(string token) =>
        token.StartsWith(ProductionPrefix, StringComparison.Ordinal) ? TenantEnvironment.Production : TenantEnvironment.Sandbox;
}
