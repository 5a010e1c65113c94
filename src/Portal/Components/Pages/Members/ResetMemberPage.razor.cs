using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Members;

/// <summary>Creates a reset link and shows it once. A plain page: the link is a secret and never goes through a circuit.</summary>
public sealed partial class ResetMemberPage
{
    private ListedMember? _member;
    private NewResetLink? _made;
    private bool _isMissing;
    private string? _trouble;

    /// <summary>The member's number.</summary>
    [Parameter]
    public long Id { get; set; }

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Manages the members.</summary>
    [Inject]
    public required IMemberManagement Management { get; init; }

    /// <summary>The clock.</summary>
    [Inject]
    public required TimeProvider Time { get; init; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Http.Response.Headers.CacheControl = "no-store";

        // A member who must confirm does so before the form, not after it.
        var roster = await AskAsync(async who => RoleTable.Refuse(who, Operation.ManageMembers, Time.GetUtcNow()) is { } refusal
            ? refusal
            : await Management.ListAsync(who, CancellationToken.None));
        _member = roster?.Value?.Members.FirstOrDefault(member => member.Id.Value == Id);
        _isMissing = roster is not null && _member is null;
        if (_isMissing)
        {
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private string LinkTo(NewResetLink made) => $"{Navigation.BaseUri.TrimEnd('/')}{PortalUrls.ResetWith(made.Secret)}";

    private async Task IssueAsync()
    {
        if (await AskAsync(who => Management.IssueResetLinkAsync(who, new MemberId(Id))) is not { } answer)
        {
            return;
        }

        _made = answer.Value;
        if (answer.Refusal is { } refusal)
        {
            Http.Response.StatusCode = refusal is Refusal.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest;
            _trouble = refusal.Message;
        }
    }
}
