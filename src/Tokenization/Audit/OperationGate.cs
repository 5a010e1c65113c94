using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>Checks <see cref="RoleTable"/> before an operation, and records operations that members attempt without permission (PCI DSS 10.2.1.4).</summary>
internal sealed class OperationGate(IRefusedAttempts attempts, TimeProvider clock)
{
    /// <summary>Returns why a member must not do something, or null if they may.</summary>
    /// <param name="who">The member.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="subject">What the operation affects.</param>
    public async Task<Refusal?> RefuseAsync(SignedInMember who, Operation operation, string subject)
    {
        var refusal = RoleTable.Refuse(who, operation, clock.GetUtcNow());
        if (refusal is Refusal.Forbidden)
        {
            await RecordAsync(who, operation, subject);
        }

        return refusal;
    }

    /// <summary>Records that a member attempted an operation without permission.</summary>
    public Task RecordAsync(SignedInMember who, Operation operation, string subject) =>
        attempts.RecordAsync(who, AuditAction.OperationRefused, operation.ToString(), subject);
}
