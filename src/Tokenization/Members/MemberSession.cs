using Dojo.Pci.Tokenization.Access;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>A sign-in that is valid until it is idle for too long, reaches its age limit, or is ended.</summary>
/// <param name="Id">The id of the session; not the secret that opens it.</param>
/// <param name="CreatedAt">When the member signed in.</param>
/// <param name="ConfirmedAt">When the member last showed both factors.</param>
/// <param name="LastInputAt">When the member was last active; requests that a page makes by itself do not count.</param>
/// <param name="EndsAt">When the session ends, even while it is in use.</param>
/// <param name="Address">The address from which the member signed in; null when it is not known.</param>
/// <param name="UserAgent">The user agent, as the browser reports it.</param>
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
    /// <summary>The member was inactive for too long (PCI DSS 8.2.8).</summary>
    Idle,

    /// <summary>The session reached its maximum age, regardless of activity.</summary>
    Limit,

    /// <summary>The session was ended: by signing out, by the member elsewhere, or by a change of the password, a factor or the access.</summary>
    Ended,

    /// <summary>The member was disabled.</summary>
    Disabled,
}
