using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Trail;

/// <summary>What was done in an account, by whom and from where, for those who may look. That they looked is itself in the trail (PCI DSS 10.2.1.3).</summary>
public interface IAuditTrail
{
    /// <summary>
    /// A page of the account's trail, newest first. The first page of a visit is recorded, once in <see cref="ReadingsApart"/>
    /// for each member.
    /// </summary>
    Task<Result<AuditPage>> ListAsync(SignedInMember who, AuditFilter filter, CancellationToken ct);

    /// <summary>How far apart two records are that the same member read the trail.</summary>
    static readonly TimeSpan ReadingsApart = TimeSpan.FromMinutes(10);
}

/// <summary>What an entry is about.</summary>
public enum AuditTopic
{
    /// <summary>Members, invitations, sign-ins.</summary>
    Members,

    /// <summary>API keys.</summary>
    ApiKeys,

    /// <summary>Tokens.</summary>
    Tokens,

    /// <summary>The account and its locations.</summary>
    Settings,

    /// <summary>The trail itself.</summary>
    Activity,
}

/// <summary>Which entries to list. What is null does not filter.</summary>
public sealed record AuditFilter
{
    /// <summary>What the entries are about.</summary>
    public AuditTopic? Topic { get; init; }

    /// <summary>Who did it.</summary>
    public MemberId? Actor { get; init; }

    /// <summary>The next page: the <see cref="AuditPage.Next"/> of the page before.</summary>
    public long? Before { get; init; }
}

/// <summary>Some entries, newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">Where older ones begin; null when there are none.</param>
public sealed record AuditPage(IReadOnlyList<RecordedAuditEntry> Entries, long? Next)
{
    /// <summary>Most entries of a page.</summary>
    public const int Largest = 50;
}
