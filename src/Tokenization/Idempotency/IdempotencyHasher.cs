using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Idempotency;

/// <summary>Keyed hashes of idempotency keys and of the requests sent with them, different for every tenant.</summary>
internal sealed class IdempotencyHasher(KeyRing keys)
{
    public byte[] OfKey(Tenant tenant, IdempotencyKey key)
    {
        using var hash = Begin(tenant, KeyLabels.IdempotencyKey);
        Append(hash, key.Text);
        return hash.GetHashAndReset();
    }

    /// <summary>
    /// Covers what the request says, not how it was written: white space, escapes, the order of members at any depth and the way that
    /// a number or an instant is written do not count.
    /// </summary>
    public byte[] OfRequest(Tenant tenant, SetupIntentRequest request) =>
        OfRequest(tenant, request, request.Mandate.DetailsJson is { } details ? CanonicalJson.Of(details) : null);

    /// <summary>
    /// The hash that versions before schema version 14 stored: it covers the kept members in the order that they were sent in. Their
    /// claims are still answered, for the 24 hours that they live.
    /// </summary>
    public byte[] OfRequestInOrderSent(Tenant tenant, SetupIntentRequest request) => OfRequest(tenant, request, request.Mandate.DetailsJson);

    private byte[] OfRequest(Tenant tenant, SetupIntentRequest request, string? details)
    {
        using var hash = Begin(tenant, KeyLabels.RequestBody);
        Append(hash, request.Card is { } card ? card.Number.Reveal() : default);
        Append(hash, request.Card?.Expiry.ToString());
        Append(hash, request.Reference);
        Append(hash, request.Description);
        Append(hash, request.Metadata?.Count ?? -1);
        foreach (var (key, value) in request.Metadata?.OrderBy(entry => entry.Key, StringComparer.Ordinal) ?? Enumerable.Empty<KeyValuePair<string, string>>())
        {
            Append(hash, key);
            Append(hash, value);
        }

        Append(hash, request.ExpireAt is { } expireAt ? UnixTime.Of(expireAt) : -1);
        Append(hash, request.Mandate.TransactionType);
        Append(hash, request.Mandate.Terms);
        Append(hash, request.Mandate.IntendedAmount?.Value ?? -1);
        Append(hash, request.Mandate.IntendedAmount?.CurrencyCode);
        Append(hash, details);
        return hash.GetHashAndReset();
    }

    private IncrementalHash Begin(Tenant tenant, ReadOnlySpan<byte> label)
    {
        var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, keys.Active(DataKeyPurpose.Idempotency, tenant.Environment).Material);
        Append(hash, label);
        Append(hash, tenant.Location.Value);
        return hash;
    }

    // Every part is preceded by its length, null by -1, so that no two different requests hash the same bytes.
    private static void Append(IncrementalHash hash, string? text)
    {
        if (text is null)
        {
            Append(hash, -1);
        }
        else
        {
            Append(hash, Encoding.UTF8.GetBytes(text));
        }
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
