using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Results;
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

    /// <summary>The same of a request for a payment intent.</summary>
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

    /// <summary>The same of a batch: of each item that is a request, and of the broken rules of each that is none.</summary>
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
