using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Tokenization.Storage.Members;

/// <summary>A row of <c>members</c>.</summary>
internal sealed record MemberRow
{
    /// <summary>The columns that are selected from <c>members m</c>.</summary>
    public static readonly string Selected = ColumnList.Of<MemberRow>().SelectedOf("m");

    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required string Handle { get; init; }

    public required string Email { get; init; }

    public required string Name { get; init; }

    public required string Role { get; init; }

    public required bool IsDisabled { get; init; }

    public required string PasswordHash { get; init; }

    public required string PasswordHistory { get; init; }

    public byte[]? TotpSeed { get; init; }

    public long? LockedUntil { get; init; }

    public required long CreatedAt { get; init; }

    public long? LastSignedInAt { get; init; }

    public string? TimeZone { get; init; }

    public Member ToDomain() => new()
    {
        Id = new MemberId(Id),
        Account = new AccountId(AccountId),
        Handle = Handle,
        Email = Email,
        Name = Name,
        Role = Enum.Parse<MemberRole>(Role),
        IsDisabled = IsDisabled,
        PasswordHash = PasswordHash,
        PasswordHistory = PasswordHistory.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        TotpSeed = TotpSeed,
        LockedUntil = LockedUntil is { } until ? UnixTime.ToInstant(until) : null,
        CreatedAt = UnixTime.ToInstant(CreatedAt),
        LastSignedInAt = LastSignedInAt is { } at ? UnixTime.ToInstant(at) : null,
        TimeZone = TimeZone,
    };
}
