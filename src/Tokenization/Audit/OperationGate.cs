using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>Asks <see cref="RoleTable"/> before something is done, and leaves a trace of who tried what they may not (PCI DSS 10.2.1.4).</summary>
internal sealed class OperationGate(IRefusedAttempts attempts, TimeProvider clock)
{
    /// <summary>Why a member must not do something, or null.</summary>
    /// <param name="who">The member.</param>
    /// <param name="operation">What they are about to do.</param>
    /// <param name="subject">To what.</param>
    public async Task<Refusal?> RefuseAsync(SignedInMember who, Operation operation, string subject)
    {
        var refusal = RoleTable.Refuse(who, operation, clock.GetUtcNow());
        if (refusal is Refusal.Forbidden)
        {
            await RecordAsync(who, operation, subject);
        }

        return refusal;
    }

    /// <summary>Notes that a member tried what they may not.</summary>
    public Task RecordAsync(SignedInMember who, Operation operation, string subject) =>
        attempts.RecordAsync(who, AuditAction.OperationRefused, operation.ToString(), subject);
}
