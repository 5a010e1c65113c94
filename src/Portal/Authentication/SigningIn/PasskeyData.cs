using System.Text.Json;
using System.Text.Json.Serialization;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Identity;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>What is kept of a passkey to check its signatures. What its maker attested is not asked for, and not kept.</summary>
internal sealed record PasskeyData(byte[] PublicKey, uint SignCount, IReadOnlyList<string>? Transports, bool IsUserVerified, bool IsBackupEligible, bool IsBackedUp)
{
    public static string Write(UserPasskeyInfo passkey) => JsonSerializer.Serialize(
        new PasskeyData(passkey.PublicKey, passkey.SignCount, passkey.Transports, passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp),
        PasskeyJson.Default.PasskeyData);

    public static UserPasskeyInfo Read(Passkey passkey)
    {
        var data = JsonSerializer.Deserialize(passkey.Data, PasskeyJson.Default.PasskeyData)!;
        return new UserPasskeyInfo(
            passkey.CredentialId,
            data.PublicKey,
            passkey.CreatedAt,
            data.SignCount,
            data.Transports?.ToArray(),
            data.IsUserVerified,
            data.IsBackupEligible,
            data.IsBackedUp,
            attestationObject: [],
            clientDataJson: []);
    }
}

/// <summary>How it is written.</summary>
[JsonSerializable(typeof(PasskeyData))]
internal sealed partial class PasskeyJson : JsonSerializerContext;
