namespace Dojo.Pci.Tokenization.Members;

/// <summary>A sign-in that is good until it is idle too long, too old, or ended.</summary>
/// <param name="Id">Its id; not what opens it.</param>
/// <param name="CreatedAt">When the member signed in.</param>
/// <param name="ConfirmedAt">When the member last showed both factors.</param>
/// <param name="LastInputAt">When the member last did something, not a page on its own.</param>
/// <param name="EndsAt">When it ends whatever happens.</param>
/// <param name="Address">From where the member signed in.</param>
/// <param name="UserAgent">With what, as the browser says.</param>
public sealed record MemberSession(
    SessionId Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset ConfirmedAt,
    DateTimeOffset LastInputAt,
    DateTimeOffset EndsAt,
    string? Address,
    string UserAgent);
