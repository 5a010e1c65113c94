using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Alarms;

/// <summary>An episode of an alarm, as a page shows it.</summary>
/// <param name="Alarm">What it is.</param>
/// <param name="Since">When it began.</param>
/// <param name="Last">When it was raised last.</param>
/// <param name="Times">How often.</param>
public sealed record Notice(Alarm Alarm, DateTimeOffset Since, DateTimeOffset Last, long Times);

/// <summary>The notices of a place, the one raised last first.</summary>
/// <param name="Items">The notices.</param>
public sealed record NoticeList(IReadOnlyList<Notice> Items);

/// <summary>What members should know of. It is kept in memory: after a restart the audit trail alone has it.</summary>
public interface INotices
{
    /// <summary>How long a notice stays after it was raised last.</summary>
    static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>The notices of a location and environment.</summary>
    Task<Result<NoticeList>> ListAsync(SignedInMember who, Tenant tenant, CancellationToken ct);
}
