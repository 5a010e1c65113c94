using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Faults;

/// <summary>Decides whether a member may control a sandbox: it must be a sandbox, not production, of the member's own account.</summary>
internal sealed class SandboxGate(IAccountStore accounts, OperationGate gate)
{
    private static readonly Refusal s_noSandbox = new Refusal.NotFound("There is no such sandbox.");

    /// <summary>Returns the subject of audit entries about a sandbox.</summary>
    public static string SubjectOf(Tenant tenant) => $"location:{tenant.Location.Value}";

    /// <summary>Finds the location of a sandbox that a member may control; or null, with the reason for the refusal.</summary>
    public async Task<(Location? Location, Refusal? Refusal)> FindAsync(SignedInMember who, Tenant tenant)
    {
        if (await gate.RefuseAsync(who, Operation.ManageSandbox, SubjectOf(tenant)) is { } refusal)
        {
            return (null, refusal);
        }

        var location = tenant.Environment == TenantEnvironment.Sandbox && tenant.Account == who.Account
            ? (await accounts.ListLocationsAsync(who.Account, CancellationToken.None)).FirstOrDefault(own => own.Id == tenant.Location)
            : null;
        return (location, location is null ? s_noSandbox : null);
    }
}
