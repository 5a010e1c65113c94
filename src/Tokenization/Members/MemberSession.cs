using Dojo.Pci.Tokenization.Access;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>A sign-in that is good until it is idle too long, too old, or ended.</summary>
/// <param name="Id">Its id; not what opens it.</param>
/// <param name="CreatedAt">When the member signed in.</param>
/// <param name="ConfirmedAt">When the member last showed both factors.</param>
/// <param name="LastInputAt">When the member last did something, not a page on its own.</param>
/// <param name="EndsAt">When it ends, also while it is used.</param>
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

/// <summary>Why a session is over.</summary>
public enum SessionEnd
{
    /// <summary>The member did nothing for too long (PCI DSS 8.2.8).</summary>
    Idle,

    /// <summary>It was as old as a session may become, no matter what the member did.</summary>
    Limit,

    /// <summary>It was ended: by signing out, by the member elsewhere, or because the password, a factor or the access was changed.</summary>
    Ended,

    /// <summary>The member was disabled.</summary>
    Disabled,
}
