using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Computes the signatures of a delivery. Dojo's (dojo-domain.md §7.2) covers the body alone and is made with one secret. That of Standard Webhooks covers
/// id, time and body, and is made with each valid secret.
/// </summary>
internal static class WebhookSignatures
{
    /// <summary>Returns the value of <c>dojo-signature</c>: upper-case hexadecimal pairs with hyphens, keyed with the UTF-8 bytes of the whole secret.</summary>
    public static string Dojo(string secret, ReadOnlySpan<byte> body) =>
        $"sha256={BitConverter.ToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}";

    /// <summary>Returns one signature of the header <c>webhook-signature</c>, keyed with the bytes whose base64 follows <c>whsec_</c>.</summary>
    public static string Standard(string secret, string id, long unixSeconds, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret[WebhookSecrets.Prefix.Length..]));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{unixSeconds}.")));
        hash.AppendData(body);
        return $"v1,{Convert.ToBase64String(hash.GetHashAndReset())}";
    }
}
