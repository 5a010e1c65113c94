using System.Globalization;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Trail;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Trail;

/// <summary>The trail of the account, newest first.</summary>
public sealed partial class ActivityPage
{
    private const string MemberPrefix = "member:";

    private List<RecordedAuditEntry>? _entries;
    private (string? Topic, string? Member)? _shown;
    private long? _next;
    private bool _isLoading;
    private string? _trouble;

    /// <summary>What the entries are about; null for everything.</summary>
    [SupplyParameterFromQuery]
    public string? Topic { get; set; }

    /// <summary>Who did it, by the number of the member; null for everybody.</summary>
    [SupplyParameterFromQuery]
    public string? Member { get; set; }

    /// <summary>The trail.</summary>
    [Inject]
    public required IAuditTrail Trail { get; init; }

    private AuditTopic? FilterTopic => TrailWords.Read(Topic);

    private MemberId? Actor => long.TryParse(Member, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new MemberId(id) : null;

    // Shown without a filter that cannot be read, the list would hold more than was asked for.
    private string? Misread =>
        !string.IsNullOrEmpty(Topic) && FilterTopic is null
            ? $"The parameter topic of the address must be one of {string.Join(", ", TrailWords.Topics.Select(topic => topic.InUrl))}."
            : !string.IsNullOrEmpty(Member) && Actor is null ? "The parameter member of the address must be the number of a member." : null;

    private string ActorLabel => _entries is [var newest, ..] ? TrailWords.ActorOf(newest) : "one member";

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Topic, Member))
        {
            (_shown, _entries, _next, _trouble) = ((Topic, Member), null, null, Misread);
            if (_trouble is null)
            {
                await LoadAsync(before: null);
            }
        }
    }

    private static MemberId? MemberOf(AuditEntry entry) =>
        entry.Actor.StartsWith(MemberPrefix, StringComparison.Ordinal)
        && long.TryParse(entry.Actor.AsSpan(MemberPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new MemberId(id) : null;

    private Task LoadOlderAsync() => LoadAsync(_next);

    private async Task LoadAsync(long? before)
    {
        var asked = _shown;
        _isLoading = true;
        var answer = await AskAsync(who => Trail.ListAsync(who, new AuditFilter { Topic = FilterTopic, Actor = Actor, Before = before }, CancellationToken.None));
        _isLoading = false;
        if (answer is { } page && asked == _shown)
        {
            _entries = [.. _entries ?? [], .. page.Value?.Entries ?? []];
            (_next, _trouble) = (page.Value?.Next, page.Refusal?.Message);
        }
    }
}
