using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Api.LeakedKeys;

/// <summary>
/// The public keys of the scanner that may report leaked API keys, from a file in the format that GitHub publishes
/// (<c>https://api.github.com/meta/public_keys/secret_scanning</c>). Reports are signed with ECDSA over P-256 and SHA-256.
/// </summary>
internal sealed class ScannerKeys(IOptions<ApiOptions> options)
{
    private readonly Dictionary<string, string> _pemById = options.Value.ScannerKeysFile is { Length: > 0 } file ? Read(file) : [];

    /// <summary>Whether there is any key; without one, no report is taken.</summary>
    public bool IsConfigured => _pemById.Count > 0;

    /// <summary>Lists what is wrong with the file that the setting names.</summary>
    public static IEnumerable<string> FaultsOfSetting(IConfiguration configuration)
    {
        const string Setting = $"{ApiOptions.Section}:{nameof(ApiOptions.ScannerKeysFile)}";
        if (configuration[Setting] is not { Length: > 0 } file)
        {
            return [];
        }

        try
        {
            return Read(file).Count > 0 ? [] : [$"{Setting} names a file without a public key."];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [$"{Setting} names a file that cannot be read."];
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or CryptographicException)
        {
            return [$"{Setting} names a file that does not have the format of GitHub's public keys, or that has a key other than P-256."];
        }
    }

    /// <summary>Whether a body was signed by one of the keys.</summary>
    /// <param name="body">The body as it was received.</param>
    /// <param name="id">The identifier of the key, as the report states it.</param>
    /// <param name="signature">The signature: DER, in Base64.</param>
    public bool HaveSigned(ReadOnlySpan<byte> body, string? id, string? signature)
    {
        var der = new byte[(signature?.Length ?? 0) + 1];
        if (id is null || !_pemById.TryGetValue(id, out var pem) || !Convert.TryFromBase64String(signature ?? "", der, out var length))
        {
            return false;
        }

        using var key = KeyOf(pem);
        return key.VerifyData(body, der.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static Dictionary<string, string> Read(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var published in json.RootElement.GetProperty("public_keys").EnumerateArray())
        {
            var pem = published.GetProperty("key").GetString() ?? "";
            using var key = KeyOf(pem);
            keys[published.GetProperty("key_identifier").GetString() ?? ""] = pem;
        }

        return keys;
    }

    private static ECDsa KeyOf(string pem)
    {
        const int BitsOfP256 = 256;
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        if (key.KeySize != BitsOfP256)
        {
            key.Dispose();
            throw new CryptographicException("The key is not a P-256 key.");
        }

        return key;
    }
}
