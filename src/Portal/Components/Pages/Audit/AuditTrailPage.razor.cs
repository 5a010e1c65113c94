using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Dojo.Pci.Portal.Components.Pages.Audit;

/// <summary>The audit trail of the account, newest first, filtered as the address says.</summary>
public sealed partial class AuditTrailPage
{
    private AuditQuery _query = new();
    private string? _shown;
    private List<RecordedAuditEntry>? _entries;
    private IReadOnlyList<FieldError> _misread = [];
    private long? _next;
    private bool _isLoading;
    private string? _trouble;
    private MemberRole? _role;

    /// <summary>Reads the audit trail.</summary>
    [Inject]
    public required IAuditTrail Trail { get; init; }

    private string ActorLabel => _entries is [var newest, ..] ? AuditWords.Actor(newest) : "one member";

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Navigation.Uri)
        {
            (_query, _misread) = AuditQuery.Read(QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query));
            (_shown, _entries, _next, _trouble) = (Navigation.Uri, null, null, null);
            if (_misread.Count == 0)
            {
                await LoadAsync(before: null);
            }
        }
    }

    private static MemberId? MemberOf(AuditEntry entry) =>
        AuditThing.Of(entry.Actor) is { Kind: AuditThingKind.Member, Id: { } id } ? new MemberId(id) : null;

    private string AddressOf(AuditQuery query) => PortalUrls.In(Selected, PortalUrls.AuditTrail, query.Parameters);

    private string ExportOf(string path) => PortalUrls.In(Selected, path, _query.Parameters);

    private Task LoadOlderAsync() => LoadAsync(_next);

    private async Task LoadAsync(long? before)
    {
        var asked = _shown;
        _isLoading = true;
        var answer = await AskAsync(who =>
        {
            _role = who.Role;
            return Trail.ListAsync(who, _query.ToFilter(Zone) with { Before = before }, CancellationToken.None);
        });
        _isLoading = false;
        if (answer is { } page && asked == _shown)
        {
            _entries = [.. _entries ?? [], .. page.Value?.Entries ?? []];
            (_next, _trouble) = (page.Value?.Next, FaultOf(page.Refusal));
        }
    }

    private static string? FaultOf(Refusal? refusal) =>
        refusal is Refusal.Invalid { Errors: [var first, ..] } ? first.Message : refusal?.Message;
}
