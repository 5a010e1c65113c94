using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Tokenization.Storage.Members;

/// <summary>A member as the list of members shows it.</summary>
internal sealed record ListedMemberRow
{
    public required long Id { get; init; }

    public required string Email { get; init; }

    public required string Name { get; init; }

    public required string Role { get; init; }

    public required bool IsDisabled { get; init; }

    public bool? IsLocked { get; init; }

    public required int Passkeys { get; init; }

    public required bool HasAuthenticator { get; init; }

    public required long CreatedAt { get; init; }

    public long? LastSignedInAt { get; init; }

    public ListedMember ToDomain() => new()
    {
        Id = new MemberId(Id),
        Email = Email,
        Name = Name,
        Role = Enum.Parse<MemberRole>(Role),
        Status = IsDisabled ? MemberStatus.Disabled : IsLocked == true ? MemberStatus.Locked : MemberStatus.Active,
        Passkeys = Passkeys,
        HasAuthenticator = HasAuthenticator,
        CreatedAt = UnixTime.ToInstant(CreatedAt),
        LastSignedInAt = UnixTime.ToInstant(LastSignedInAt),
    };
}

/// <summary>A key that a member made.</summary>
internal sealed record CreatedKeyRow
{
    public required long Id { get; init; }

    public required long LocationId { get; init; }

    public required int Environment { get; init; }

    public required string Name { get; init; }

    public required string LastFour { get; init; }

    public CreatedKey ToDomain(AccountId account) =>
        new(new Tenant(account, new LocationId(LocationId), (TenantEnvironment)Environment), Id, Name, LastFour);
}

/// <summary>An open invitation.</summary>
internal sealed record InvitationRow
{
    public required long Id { get; init; }

    public string? Email { get; init; }

    public required string Role { get; init; }

    public string? InvitedBy { get; init; }

    public required long ExpiresAt { get; init; }

    public Invitation ToDomain() => new(new InvitationId(Id), Email, Enum.Parse<MemberRole>(Role), InvitedBy, UnixTime.ToInstant(ExpiresAt));
}
