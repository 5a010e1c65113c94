using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Notices;

/// <summary>Something about a location and environment that a member should know of.</summary>
public sealed record MemberNotice
{
    /// <summary>Its id, which stays the same while its cause lasts.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it does harm now, rather than later.</summary>
    public required bool IsUrgent { get; init; }

    /// <summary>Its title, a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What to know or to do about it, in one or two sentences.</summary>
    public required string Detail { get; init; }

    /// <summary>When it began; for an alarm, when it was last raised; for an upcoming event, from when it is announced.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When an upcoming event happens; null if it has already happened.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>The API key that it is about.</summary>
    public ApiKeyId? Key { get; init; }

    /// <summary>The webhook subscription that it is about.</summary>
    public string? Webhook { get; init; }

    /// <summary>Whether the member has dismissed it.</summary>
    public bool IsDismissed { get; init; }
}

/// <summary>The notices of a location and environment, urgent ones first, then the latest.</summary>
/// <param name="Items">The notices, including those that the member has dismissed.</param>
public sealed record MemberNoticeList(IReadOnlyList<MemberNotice> Items)
{
    /// <summary>The notices that the member has not dismissed.</summary>
    public IEnumerable<MemberNotice> Open => Items.Where(notice => !notice.IsDismissed);
}

/// <summary>
/// Lists what members should know about a location and environment: alarms, API keys that expire or were found in public, webhook endpoints that were
/// disabled, card keys that are replaced soon. Members see what their role allows, and dismiss notices only for themselves. For a location of another
/// account, this refuses with <see cref="Refusal.NotFound"/>.
/// </summary>
public interface IMemberNotices
{
    /// <summary>Lists the notices of a location and environment.</summary>
    Task<Result<MemberNoticeList>> ListAsync(SignedInMember who, Tenant tenant, CancellationToken ct);

    /// <summary>Dismisses notices for this member. Unknown ids are ignored.</summary>
    Task<Result<MemberNoticeList>> DismissAsync(SignedInMember who, Tenant tenant, IReadOnlyCollection<string> ids);

    /// <summary>Shows dismissed notices again.</summary>
    Task<Result<MemberNoticeList>> RestoreAsync(SignedInMember who, Tenant tenant, IReadOnlyCollection<string> ids);
}
