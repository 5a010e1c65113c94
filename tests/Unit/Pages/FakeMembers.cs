using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>Members in memory; returns what a test sets, and records the calls.</summary>
internal sealed class FakeMembers : IMemberManagement
{
    public List<ListedMember> Members { get; } = [];

    public List<Invitation> Invitations { get; } = [];

    public IReadOnlyList<CreatedKey> Keys { get; set; } = [];

    public List<string> Asked { get; } = [];

    public Refusal? Refusal { get; set; }

    public Task<Result<MemberRoster>> ListAsync(SignedInMember who, CancellationToken ct) => Task.FromResult<Result<MemberRoster>>(new MemberRoster([.. Members], [.. Invitations]));

    public Task<Result<CreatedKeys>> ListKeysOfAsync(SignedInMember who, MemberId id, CancellationToken ct) => Task.FromResult<Result<CreatedKeys>>(new CreatedKeys(Keys));

    public Task<Result<NewInvitation>> InviteAsync(SignedInMember who, string? email, MemberRole role) => throw new NotSupportedException();

    public Task<Result<AddressHolder>> FindHolderAsync(SignedInMember who, string? email, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<NewInvitation>> RenewAsync(SignedInMember who, InvitationId id) => throw new NotSupportedException();

    public Task<Result<NewResetLink>> IssueResetLinkAsync(SignedInMember who, MemberId id) => throw new NotSupportedException();

    public Task<Result<Invitation>> WithdrawAsync(SignedInMember who, InvitationId id)
    {
        Asked.Add($"withdraw {id.Value}");
        var invitation = Invitations.Single(open => open.Id == id);
        return Task.FromResult(Refusal is null && Invitations.Remove(invitation) ? (Result<Invitation>)invitation : Refusal!);
    }

    public Task<Result<ListedMember>> ChangeRoleAsync(SignedInMember who, MemberId id, MemberRole role) => ChangeAsync($"role {role}", id, member => member with { Role = role });

    public Task<Result<ListedMember>> DisableAsync(SignedInMember who, MemberId id) => ChangeAsync("disable", id, member => member with { Status = MemberStatus.Disabled });

    public Task<Result<ListedMember>> EnableAsync(SignedInMember who, MemberId id) => ChangeAsync("enable", id, member => member with { Status = MemberStatus.Active });

    public Task<Result<ListedMember>> UnlockAsync(SignedInMember who, MemberId id) => ChangeAsync("unlock", id, member => member with { Status = MemberStatus.Active });

    public static ListedMember A(long id, string name, MemberRole role, MemberStatus status = MemberStatus.Active) => new()
    {
        Id = new MemberId(id),
        Name = name,
        Email = $"{name}@example.com",
        Role = role,
        Status = status,
        Passkeys = 1,
        HasAuthenticator = true,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private Task<Result<ListedMember>> ChangeAsync(string asked, MemberId id, Func<ListedMember, ListedMember> change)
    {
        Asked.Add(asked);
        if (Refusal is not null)
        {
            return Task.FromResult<Result<ListedMember>>(Refusal);
        }

        var index = Members.FindIndex(member => member.Id == id);
        return Task.FromResult<Result<ListedMember>>(Members[index] = change(Members[index]));
    }
}
