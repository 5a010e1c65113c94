using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>What was done in an account, by whom and from where, for those who may look. That they looked is itself in the trail (PCI DSS 10.2.1.3).</summary>
public interface IAuditTrail
{
    /// <summary>
    /// A page of the account's trail, newest first. The first page of a visit is recorded, once in <see cref="ReadingsApart"/>
    /// for each member.
    /// </summary>
    Task<Result<AuditPage>> ListAsync(SignedInMember who, AuditFilter filter, CancellationToken ct);

    /// <summary>
    /// All entries that pass a filter, newest first, one after another. Noted in the trail. The rows end with
    /// <see cref="ExportStoppedException"/> once the member may not read the trail any more, or is signed out.
    /// </summary>
    /// <param name="who">Who takes them along.</param>
    /// <param name="filter">Which ones; <see cref="AuditFilter.Before"/> does not count.</param>
    /// <param name="askAgain">Finds out who the member is now; asked before each page of rows.</param>
    /// <param name="ct">Stops the rows.</param>
    Task<Result<ExportedRows<RecordedAuditEntry>>> ExportAsync(SignedInMember who, AuditFilter filter, Func<ValueTask<SignedInMember?>> askAgain, CancellationToken ct);

    /// <summary>How far apart two records are that the same member read the trail.</summary>
    static readonly TimeSpan ReadingsApart = TimeSpan.FromMinutes(10);
}

/// <summary>Which entries to list. What is null does not filter.</summary>
public sealed record AuditFilter
{
    /// <summary>What the entries are about.</summary>
    public AuditTopic? Topic { get; init; }

    /// <summary>The most characters of a text that is looked for.</summary>
    public const int LongestText = 100;

    /// <summary>Who did it.</summary>
    public MemberId? Actor { get; init; }

    /// <summary>The earliest instant.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The first instant too late.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>
    /// Text that what was done, its details, the address it came from, or the names of who did it and of what it was done to contain; a to z
    /// in either case. At most <see cref="LongestText"/> characters.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Whether anything is filtered.</summary>
    public bool IsFiltered => this with { Before = null } != new AuditFilter();

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
