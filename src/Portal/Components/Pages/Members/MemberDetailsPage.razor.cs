using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Members;

/// <summary>One member: the role, and whether they can sign in.</summary>
public sealed partial class MemberDetailsPage
{
    private ListedMember? _member;
    private IReadOnlyList<CreatedKey> _keys = [];
    private SignedInMember? _who;
    private MemberRole _chosen;
    private bool _isMissing;
    private bool _isDisabling;
    private bool _mayViewActivity;
    private string? _notice;
    private string? _trouble;

    /// <summary>The member's number.</summary>
    [Parameter]
    public long Id { get; set; }

    /// <summary>Manages the members.</summary>
    [Inject]
    public required IMemberManagement Management { get; init; }

    private string? WhyFixed => _who switch
    {
        null => null,
        var who when !RoleTable.Allows(who.Role, Operation.ManageMembers) => "Your role lets you see members, not change them.",
        var who when who.Id == _member?.Id => "You can't change your own role or access: ask another owner or admin. Your password and second factors are on your account page.",
        _ when _member is { Role: MemberRole.Owner } && !MayGive(MemberRole.Owner) => "Only an owner can change an owner.",
        _ => null,
    };

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_member?.Id.Value != Id)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var answer = await AskAsync(who =>
        {
            (_who, _mayViewActivity) = (who, RoleTable.Allows(who.Role, Operation.ViewActivity));
            return Management.ListAsync(who, CancellationToken.None);
        });
        if (answer is { } asked)
        {
            Show(asked.Value?.Members.FirstOrDefault(member => member.Id.Value == Id));
            (_isMissing, _trouble) = (asked.IsSuccess && _member is null, asked.Refusal?.Message);
        }
    }

    private void Show(ListedMember? member)
    {
        (_member, _isDisabling) = (member, false);
        _chosen = member?.Role ?? default;
    }

    private bool MayGive(MemberRole role) => role != MemberRole.Owner || (_who is { } who && RoleTable.Allows(who.Role, Operation.ManageOwners));

    private Task ChangeRoleAsync() =>
        ChangeAsync(who => Management.ChangeRoleAsync(who, new MemberId(Id), _chosen), member => $"{member.Name} is now {member.Role}.");

    private async Task AskToDisableAsync()
    {
        if (await AskAsync(who => Management.ListKeysOfAsync(who, new MemberId(Id), CancellationToken.None)) is { } answer)
        {
            (_isDisabling, _keys) = (true, answer.Value?.Keys ?? []);
        }
    }

    private string AddressOf(CreatedKey key) => PortalUrls.ApiKey(
        Selected with { Location = Selected.Locations.First(location => location.Id == key.Tenant.Location), Environment = key.Tenant.Environment }, new ApiKeyId(key.Id));

    private Task DisableAsync() =>
        ChangeAsync(who => Management.DisableAsync(who, new MemberId(Id)), member => $"{member.Name} is disabled. All sessions have ended.");

    private Task EnableAsync() => ChangeAsync(who => Management.EnableAsync(who, new MemberId(Id)), member => $"{member.Name} can sign in again.");

    private Task UnlockAsync() => ChangeAsync(who => Management.UnlockAsync(who, new MemberId(Id)), member => $"{member.Name} can sign in again.");

    private async Task ChangeAsync(Func<SignedInMember, Task<Result<ListedMember>>> change, Func<ListedMember, string> notice)
    {
        if (await AskAsync(change) is not { } answer)
        {
            return;
        }

        if (answer.IsSuccess)
        {
            Show(answer.Value);
            (_notice, _trouble) = (notice(answer.Value), null);
        }
        else
        {
            // The refused change may have been based on outdated data.
            await LoadAsync();
            (_notice, _trouble) = (null, answer.Refusal.Message);
        }
    }
}
