using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>Shows what was done in an account, by whom and from where, to members who may read it. Reading it is itself recorded (PCI DSS 10.2.1.3).</summary>
public interface IAuditTrail
{
    /// <summary>
    /// Lists a page of the account's trail, newest first. Reading the first page is recorded, at most once in <see cref="ReadingsApart"/>
    /// for each member.
    /// </summary>
    Task<Result<AuditPage>> ListAsync(SignedInMember who, AuditFilter filter, CancellationToken ct);

    /// <summary>
    /// Streams all entries that match a filter, newest first, and records the export in the trail. The rows end with
    /// <see cref="ExportStoppedException"/> when the member may no longer read the trail, or has signed out.
    /// </summary>
    /// <param name="who">The member who exports.</param>
    /// <param name="filter">Which entries to export; <see cref="AuditFilter.Before"/> is ignored.</param>
    /// <param name="askAgain">Returns the member as of now, or null once the session is over; called before each page of rows.</param>
    /// <param name="ct">Cancels the export.</param>
    Task<Result<ExportedRows<RecordedAuditEntry>>> ExportAsync(SignedInMember who, AuditFilter filter, Func<ValueTask<SignedInMember?>> askAgain, CancellationToken ct);

    /// <summary>The shortest time between two records that the same member read the trail.</summary>
    static readonly TimeSpan ReadingsApart = TimeSpan.FromMinutes(10);
}

/// <summary>Selects entries. A property that is null does not filter.</summary>
public sealed record AuditFilter
{
    /// <summary>The topic of the entries.</summary>
    public AuditTopic? Topic { get; init; }

    /// <summary>The longest search text, in characters.</summary>
    public const int LongestText = 100;

    /// <summary>The member who acted.</summary>
    public MemberId? Actor { get; init; }

    /// <summary>The first instant of the period, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The end of the period, exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>
    /// A text that must occur in the action, the details, the address, or the name of the actor or of the subject. The case of the letters a to z
    /// is ignored. At most <see cref="LongestText"/> characters.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Whether any filter is set; <see cref="Before"/> is not a filter.</summary>
    public bool IsFiltered => this with { Before = null } != new AuditFilter();

    /// <summary>Where the page begins: the <see cref="AuditPage.Next"/> of the previous page; null for the first page.</summary>
    public long? Before { get; init; }
}

/// <summary>A page of entries, newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">Where the next page begins; null if there are no older entries.</param>
public sealed record AuditPage(IReadOnlyList<RecordedAuditEntry> Entries, long? Next)
{
    /// <summary>The most entries of a page.</summary>
    public const int Largest = 50;
}
