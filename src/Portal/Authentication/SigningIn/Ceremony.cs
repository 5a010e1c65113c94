using System.Text.Json.Serialization;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>The purpose of a ceremony.</summary>
internal enum CeremonyPurpose
{
    /// <summary>The password was right; the second factor is next, and then a session begins.</summary>
    SignIn,

    /// <summary>The same for a signed-in member who confirms their identity.</summary>
    Confirm,

    /// <summary>A link was followed and a password chosen; the second factor is set up next, and then the member is created.</summary>
    SetUp,

    /// <summary>A member adds or replaces a second factor.</summary>
    Factor,

    /// <summary>A link was followed; name and password are next.</summary>
    Link,

    /// <summary>A reset link was followed; the new password is next.</summary>
    ResetLink,

    /// <summary>A reset link was followed and a new password chosen; the second factor is set up next, and then both replace the old ones.</summary>
    Reset,
}

/// <summary>
/// The state between two pages of a sign-in, a set-up or a change of factors. The server keeps it sealed; the browser has a secret that
/// finds it. A class, because a record's <c>ToString</c> would print what it holds.
/// </summary>
internal sealed class Ceremony
{
    public required CeremonyPurpose Purpose { get; init; }

    /// <summary>The address to which the member goes afterwards.</summary>
    public string ReturnUrl { get; init; } = PortalUrls.Home;

    /// <summary>The member's id; 0 while there is no member yet.</summary>
    public long Member { get; init; }

    /// <summary>The id of the session that the ceremony confirms, or in which it changes a factor; 0 if there is none.</summary>
    public long Session { get; init; }

    /// <summary>The secret of the link that was followed.</summary>
    public string? Link { get; init; }

    public string? Email { get; init; }

    public string? Name { get; init; }

    /// <summary>The hash of the password that was chosen in a set-up or entered in a sign-in. If the member's hash changes, the ceremony is void.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>The handle by which passkeys identify the member.</summary>
    public string? Handle { get; init; }

    /// <summary>The identity at the identity provider; null unless a set-up began there.</summary>
    public ProviderIdentity? Identity { get; init; }

    /// <summary>The identity provider's refresh token for the session that is to begin; null if a password was entered instead.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>The seed of an authenticator app that is being set up.</summary>
    public byte[]? Seed { get; init; }

    /// <summary>The framework's state of a passkey that is being created or used.</summary>
    public string? PasskeyState { get; set; }

    /// <summary>
    /// The passkey options for the form while its answer is validated: empty, because they cannot be used again, but the form must be there
    /// to take the answer. Null if no passkey was offered.
    /// </summary>
    [JsonIgnore]
    public string? OfferedPasskey => PasskeyState is null ? null : "";

    /// <summary>How many codes were tried in this ceremony to set up a factor.</summary>
    public int Tries { get; set; }
}

/// <summary>Serializes a ceremony.</summary>
[JsonSerializable(typeof(Ceremony))]
internal sealed partial class CeremonyJson : JsonSerializerContext;
