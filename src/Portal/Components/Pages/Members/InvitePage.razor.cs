using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Members;

/// <summary>Creates an invitation and shows its link once. A plain page: the link is a secret and never goes through a circuit.</summary>
public sealed partial class InvitePage
{
    private SignedInMember? _who;
    private NewInvitation? _made;
    private IReadOnlyList<FieldError> _faults = [];
    private string? _trouble;
    private AddressHolder? _holder;

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Manages the members.</summary>
    [Inject]
    public required IMemberManagement Management { get; init; }

    /// <summary>The clock.</summary>
    [Inject]
    public required TimeProvider Time { get; init; }

    [SupplyParameterFromForm(FormName = "invite")]
    private InviteInput Input { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "renew")]
    private RenewInput Renewal { get; set; } = null!;

    // The form must also be rendered for the request that submits it; otherwise the framework does not handle the submission.
    private long? RenewableId => _holder?.Invitation?.Id.Value ?? (Renewal.Invitation > 0 ? Renewal.Invitation : null);

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Http.Response.Headers.CacheControl = "no-store";
        Input ??= new InviteInput { Role = nameof(MemberRole.Developer) };
        Renewal ??= new RenewInput();

        // A member who must confirm their identity does so before filling in the form.
        await AskAsync(who =>
        {
            _who = who;
            return Task.FromResult<Result<SignedInMember>>(RoleTable.Refuse(who, Operation.ManageMembers, Time.GetUtcNow()) is { } refusal ? refusal : who);
        });
    }

    private static string ArticleOf(MemberRole role) => role is MemberRole.Owner or MemberRole.Admin or MemberRole.Auditor ? $"an {role}" : $"a {role}";

    private bool MayGive(MemberRole role) => role != MemberRole.Owner || (_who is { } who && RoleTable.Allows(who.Role, Operation.ManageOwners));

    private string LinkTo(NewInvitation made)
    {
        return $"{Navigation.BaseUri.TrimEnd('/')}{PortalUrls.SetUpWith(made.Secret)}";
    }

    private async Task InviteAsync()
    {
        var role = Enum.TryParse<MemberRole>(Input.Role, out var chosen) && Enum.GetName(chosen) == Input.Role ? chosen : (MemberRole)(-1);
        if (await AskAsync(who => Management.InviteAsync(who, Input.Email, role)) is not { } answer)
        {
            return;
        }

        Show(answer);
        if (answer.Refusal is Refusal.Conflict)
        {
            _holder = (await AskAsync(who => Management.FindHolderAsync(who, Input.Email, Http.RequestAborted)))?.Value;
        }
    }

    private async Task RenewAsync()
    {
        if (await AskAsync(who => Management.RenewAsync(who, new InvitationId(Renewal.Invitation))) is { } answer)
        {
            Show(answer);
        }
    }

    private void Show(Result<NewInvitation> answer)
    {
        _made = answer.Value;
        if (answer.Refusal is { } refusal)
        {
            Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            _faults = (refusal as Refusal.Invalid)?.Errors ?? [];
            _trouble = _faults.Count == 0 ? refusal.Message : null;
        }
    }

    /// <summary>The fields of the form that renews an invitation.</summary>
    internal sealed class RenewInput
    {
        /// <summary>The invitation's number.</summary>
        public long Invitation { get; set; }
    }

    /// <summary>The fields of the form.</summary>
    internal sealed class InviteInput
    {
        /// <summary>The e-mail address.</summary>
        public string? Email { get; set; }

        /// <summary>The role's name.</summary>
        public string? Role { get; set; }
    }
}
