using Dojo.Pci.Tokenization.Access;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>Records, in the trail of their account, what members attempted without permission (PCI DSS 10.2.1.4).</summary>
public interface IRefusedAttempts
{
    /// <summary>The shortest time between two records of the same attempt by the same member, so that a loop of attempts does not fill the trail.</summary>
    static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    /// <summary>Records an attempt, unless the same attempt was recorded less than <see cref="Apart"/> ago.</summary>
    /// <param name="who">The member.</param>
    /// <param name="action">The action that records the refusal.</param>
    /// <param name="operation">What the member may not do. It distinguishes attempts, so it must be one of a small set.</param>
    /// <param name="subject">What the attempt was to affect, without secrets.</param>
    Task RecordAsync(SignedInMember who, AuditAction action, string operation, string subject);
}
