using Dojo.Pci.Tokenization.Access;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>Keeps, in the trail of their account, what members tried without being allowed to (PCI DSS 10.2.1.4).</summary>
public interface IRefusedAttempts
{
    /// <summary>The same member's attempts at the same are noted this far apart, so that a loop of them does not fill the trail.</summary>
    static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    /// <summary>Notes an attempt, unless the same one was noted less than <see cref="Apart"/> ago.</summary>
    /// <param name="who">The member.</param>
    /// <param name="action">How it was refused.</param>
    /// <param name="operation">What they must not do. Of a small set: attempts are told apart by it.</param>
    /// <param name="subject">To what, without secrets.</param>
    Task RecordAsync(SignedInMember who, AuditAction action, string operation, string subject);
}
