using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Idempotency;

/// <summary>Computes keyed hashes of idempotency keys and of the requests sent with them, different for every tenant.</summary>
internal sealed class IdempotencyHasher(KeyRing keys)
{
    public byte[] OfKey(Tenant tenant, IdempotencyKey key)
    {
        using var hash = Begin(tenant, KeyLabels.IdempotencyKey);
        Append(hash, key.Text);
        return hash.GetHashAndReset();
    }

    /// <summary>
    /// Hashes the meaning of the request, not its spelling: white space, escapes, the order of members at any depth and the notation
    /// of numbers and instants do not matter.
    /// </summary>
    public byte[] OfRequest(Tenant tenant, SetupIntentRequest request) =>
        OfRequest(tenant, request, request.Mandate.DetailsJson is { } details ? CanonicalJson.Of(details) : null);

    /// <summary>Hashes a request for a payment intent in the same way.</summary>
    public byte[] OfRequest(Tenant tenant, PaymentIntentRequest request)
    {
        using var hash = Begin(tenant, KeyLabels.PaymentRequestBody);
        Append(hash, request.Amount.Value);
        Append(hash, request.Amount.CurrencyCode);
        Append(hash, request.TipsAmount);
        Append(hash, request.ServiceChargeAmount);
        Append(hash, (long)request.CaptureMode);
        Append(hash, request.AutoExpireIn?.Ticks ?? -1);
        Append(hash, request.AutoExpireAction is { } action ? (long)action : -1);
        Append(hash, request.Reference);
        Append(hash, request.SetupIntentId);
        Append(hash, request.SavedCard?.SavedCardId);
        Append(hash, request.SavedCard?.Secret);
        AppendMetadata(hash, request.Metadata);
        Append(hash, request.ExpireAt is { } expireAt ? UnixTime.Of(expireAt) : -1);
        Append(hash, request.DetailsJson is { } details ? CanonicalJson.Of(details) : null);
        return hash.GetHashAndReset();
    }

    /// <summary>Hashes a batch in the same way: the request of each valid item, and the validation errors of each invalid one.</summary>
    public byte[] OfBatch(Tenant tenant, IReadOnlyList<Result<SetupIntentRequest>> items)
    {
        using var hash = Begin(tenant, KeyLabels.BatchBody);
        Append(hash, items.Count);
        foreach (var item in items)
        {
            Append(hash, item.Value is { } request ? OfRequest(tenant, request) : default);
            foreach (var error in (item.Refusal as Refusal.Invalid)?.Errors ?? [])
            {
                Append(hash, error.Field);
                Append(hash, error.Message);
            }
        }

        return hash.GetHashAndReset();
    }

    /// <summary>
    /// Computes the hash that versions before schema version 14 stored: it covers the stored members in the order in which they were sent.
    /// The claims of those versions are still answered during their lifetime of 24 hours.
    /// </summary>
    public byte[] OfRequestInOrderSent(Tenant tenant, SetupIntentRequest request) => OfRequest(tenant, request, request.Mandate.DetailsJson);

    private byte[] OfRequest(Tenant tenant, SetupIntentRequest request, string? details)
    {
        using var hash = Begin(tenant, KeyLabels.RequestBody);
        Append(hash, request.Card is { } card ? card.Number.Reveal() : default);
        Append(hash, request.Card?.Expiry.ToString());
        Append(hash, request.Reference);
        Append(hash, request.Description);
        AppendMetadata(hash, request.Metadata);
        Append(hash, request.ExpireAt is { } expireAt ? UnixTime.Of(expireAt) : -1);
        Append(hash, request.Mandate.TransactionType);
        Append(hash, request.Mandate.Terms);
        Append(hash, request.Mandate.IntendedAmount?.Value ?? -1);
        Append(hash, request.Mandate.IntendedAmount?.CurrencyCode);
        Append(hash, details);
        return hash.GetHashAndReset();
    }

    private static void AppendMetadata(IncrementalHash hash, IReadOnlyDictionary<string, string>? metadata)
    {
        Append(hash, metadata?.Count ?? -1);
        foreach (var (key, value) in metadata?.OrderBy(entry => entry.Key, StringComparer.Ordinal) ?? Enumerable.Empty<KeyValuePair<string, string>>())
        {
            Append(hash, key);
            Append(hash, value);
        }
    }

    private IncrementalHash Begin(Tenant tenant, ReadOnlySpan<byte> label)
    {
        var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, keys.Active(DataKeyPurpose.Idempotency, tenant.Environment).Material);
        Append(hash, label);
        Append(hash, tenant.Location.Value);
        return hash;
    }

    // Each string and byte sequence is preceded by its length, and null is written as -1, so that no two different requests hash the same bytes.
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
