using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Faults;

/// <summary>Who may control a sandbox as a whole, and which: one of the member's own account. Production is none.</summary>
internal sealed class SandboxGate(IAccountStore accounts, OperationGate gate)
{
    private static readonly Refusal s_noSandbox = new Refusal.NotFound("There is no such sandbox.");

    /// <summary>What the trail calls a sandbox.</summary>
    public static string SubjectOf(Tenant tenant) => $"location:{tenant.Location.Value}";

    /// <summary>The location of a sandbox that a member controls; or null, and why they do not.</summary>
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
