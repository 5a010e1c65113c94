using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Members;

/// <summary>The members and the invitations of the account: the table for access reviews (PCI DSS 7.2.4).</summary>
public sealed partial class MembersPage
{
    private MemberRoster? _roster;
    private SignedInMember? _who;
    private bool _mayManage;
    private string? _trouble;
    private string? _notice;

    /// <summary>Manages the members.</summary>
    [Inject]
    public required IMemberManagement Management { get; init; }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var answer = await AskAsync(who =>
        {
            (_who, _mayManage) = (who, RoleTable.Allows(who.Role, Operation.ManageMembers));
            return Management.ListAsync(who, CancellationToken.None);
        });
        _roster = answer?.Value ?? _roster;
        _trouble = answer?.Refusal?.Message;
    }

    private void Open(ListedMember? member)
    {
        if (member is not null)
        {
            Navigation.NavigateTo(PortalUrls.Member(Selected, member.Id));
        }
    }

    private bool MayManage(MemberRole role) =>
        _mayManage && (role != MemberRole.Owner || (_who is { } who && RoleTable.Allows(who.Role, Operation.ManageOwners)));

    private async Task WithdrawAsync(Invitation invitation)
    {
        if (await AskAsync(who => Management.WithdrawAsync(who, invitation.Id)) is { } answer)
        {
            await LoadAsync();
            _notice = answer.IsSuccess ? "The invitation has been withdrawn. Its link no longer works." : null;
            _trouble = answer.Refusal?.Message;
        }
    }
}
