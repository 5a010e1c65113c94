using System.Text.Json.Serialization;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>What a ceremony is for.</summary>
internal enum CeremonyPurpose
{
    /// <summary>The password was right; the second factor is to come, and then a session.</summary>
    SignIn,

    /// <summary>The same for a member who is signed in and proves that it is still them.</summary>
    Confirm,

    /// <summary>A link was followed and a password chosen; the second factor is to be set up, and then there is a member.</summary>
    SetUp,

    /// <summary>A member adds or replaces a second factor.</summary>
    Factor,

    /// <summary>A link was followed; name and password are to come.</summary>
    Link,

    /// <summary>A reset link was followed; the new password is to come.</summary>
    ResetLink,

    /// <summary>A reset link was followed and a new password chosen; the second factor is to be set up, and then both replace the old ones.</summary>
    Reset,
}

/// <summary>
/// What is between two pages of a sign-in, a set-up or a change of factors. It is kept on the server, sealed; the browser has a
/// secret that finds it. A class, so that it does not print what it holds.
/// </summary>
internal sealed class Ceremony
{
    public required CeremonyPurpose Purpose { get; init; }

    /// <summary>Where the member wanted to go.</summary>
    public string ReturnUrl { get; init; } = PortalUrls.Home;

    /// <summary>The member; 0 while there is none yet.</summary>
    public long Member { get; init; }

    /// <summary>The session that is confirmed.</summary>
    public long Session { get; init; }

    /// <summary>The secret of the link that was followed.</summary>
    public string? Link { get; init; }

    public string? Email { get; init; }

    public string? Name { get; init; }

    /// <summary>The hash of the password that was chosen in a set-up, or shown in a sign-in: once it is changed, that counts for nothing.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>By what passkeys will know the member.</summary>
    public string? Handle { get; init; }

    /// <summary>Who it is at the identity provider, where a set-up began there.</summary>
    public ProviderIdentity? Identity { get; init; }

    /// <summary>What the identity provider gave for the session that is to begin; null where a password was shown instead.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>The seed of an authenticator app that is being set up.</summary>
    public byte[]? Seed { get; init; }

    /// <summary>What the framework wants to see again of a passkey that is being made or used.</summary>
    public string? PasskeyState { get; set; }

    /// <summary>
    /// What stands in the form for a passkey while its answer is validated: nothing that could be used again, but a form must be there
    /// to take the answer. Null where none was offered.
    /// </summary>
    [JsonIgnore]
    public string? OfferedPasskey => PasskeyState is null ? null : "";

    /// <summary>How many codes were tried in this ceremony for a factor that is being set up.</summary>
    public int Tries { get; set; }
}

/// <summary>How a ceremony is written.</summary>
[JsonSerializable(typeof(Ceremony))]
internal sealed partial class CeremonyJson : JsonSerializerContext;
