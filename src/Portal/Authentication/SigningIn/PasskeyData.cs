using System.Text.Json;
using System.Text.Json.Serialization;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Identity;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>The data of a passkey that is kept to check its signatures. The manufacturer's attestation is neither requested nor kept.</summary>
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

/// <summary>Serializes a <see cref="PasskeyData"/>.</summary>
[JsonSerializable(typeof(PasskeyData))]
internal sealed partial class PasskeyJson : JsonSerializerContext;
