using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Notices;

/// <summary>Something about a place that a member should know of.</summary>
public sealed record MemberNotice
{
    /// <summary>Names it, the same as long as it goes on.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it does harm now, and does not merely come.</summary>
    public required bool IsUrgent { get; init; }

    /// <summary>What it is, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What there is to know or to do, in a sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>Since when, or of what comes, from when on it was to be known.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it comes; null for what is there.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>The API key that it is about.</summary>
    public ApiKeyId? Key { get; init; }

    /// <summary>The webhook subscription that it is about.</summary>
    public string? Webhook { get; init; }

    /// <summary>Whether the member has put it away.</summary>
    public bool IsDismissed { get; init; }
}

/// <summary>The notices of a place, urgent ones first, then the latest.</summary>
/// <param name="Items">The notices, those that the member put away too.</param>
public sealed record MemberNoticeList(IReadOnlyList<MemberNotice> Items)
{
    /// <summary>Those that the member has not put away.</summary>
    public IEnumerable<MemberNotice> Open => Items.Where(notice => !notice.IsDismissed);
}

/// <summary>
/// What members should know of a place: alarms, API keys that expire or were found in public, webhook endpoints that were disabled. Each member sees what their
/// role lets them see, and puts notices away for themselves alone. A place of another account is <see cref="Refusal.NotFound"/>.
/// </summary>
public interface IMemberNotices
{
    /// <summary>The notices of a place.</summary>
    Task<Result<MemberNoticeList>> ListAsync(SignedInMember who, Tenant tenant, CancellationToken ct);

    /// <summary>Puts notices away, for this member; those that there are not are passed over.</summary>
    Task<Result<MemberNoticeList>> DismissAsync(SignedInMember who, Tenant tenant, IReadOnlyCollection<string> ids);

    /// <summary>Shows notices again that were put away.</summary>
    Task<Result<MemberNoticeList>> RestoreAsync(SignedInMember who, Tenant tenant, IReadOnlyCollection<string> ids);
}
