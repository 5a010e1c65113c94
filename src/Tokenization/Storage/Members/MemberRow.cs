using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Tokenization.Storage.Members;

/// <summary>A row of <c>members</c>.</summary>
internal sealed record MemberRow
{
    public const string Columns = """
        m.id AS Id, m.account_id AS AccountId, m.handle AS Handle, m.email AS Email, m.name AS Name, m.role AS Role, m.is_disabled AS IsDisabled,
        m.password_hash AS PasswordHash, m.password_history AS PasswordHistory, m.totp_seed AS TotpSeed, m.locked_until AS LockedUntil,
        m.created_at AS CreatedAt, m.last_signed_in_at AS LastSignedInAt, m.time_zone AS TimeZone
        """;

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
