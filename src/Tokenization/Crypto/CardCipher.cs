using System.Buffers.Binary;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// Seals a card into one AEAD record and opens it again (DESIGN D10). The record: algorithm (1 byte), data key id (4),
/// nonce (12), ciphertext (22), tag (16). Each record is sealed under its own key, derived from the data key and the place the
/// record belongs to, with that place as associated data: in any other row, tenant or environment it does not open.
/// </summary>
internal sealed class CardCipher(KeyRing keys)
{
    // Both are AES-256-GCM and differ in how the key of a record is derived. The first is only used to open old records; its derivation takes several times as long.
    private const byte ExtractedKey = 1;
    private const byte ExpandedKey = 2;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeaderLength = 1 + sizeof(int);

    // Year, month, number of digits, and the padded digits. All records are equally long, so that none reveals the length of its card number.
    private const int PlaintextLength = 3 + CardNumber.MaximumLength;
    private const int RecordLength = HeaderLength + NonceLength + PlaintextLength + TagLength;
    private static readonly Range s_nonce = HeaderLength..(HeaderLength + NonceLength);
    private static readonly Range s_ciphertext = (HeaderLength + NonceLength)..(RecordLength - TagLength);
    private static readonly Range s_tag = (RecordLength - TagLength)..;

    /// <summary>Seals a card for the record <paramref name="recordId"/> of a tenant.</summary>
    public async ValueTask<byte[]> SealAsync(CardDetails card, Tenant tenant, long recordId, CancellationToken ct)
    {
        var key = await keys.TakeCardKeyAsync(tenant.Environment, ct);
        return Seal(key, card, tenant, recordId);
    }

    /// <summary>
    /// Opens a record: for the acquirer connector, which is the only way out for a card number (DESIGN D9). The caller
    /// disposes the card.
    /// </summary>
    /// <exception cref="CryptographicException">The record was changed, or belongs elsewhere. The message is the same for both.</exception>
    public async ValueTask<CardDetails> OpenForAuthorizationAsync(byte[] record, Tenant tenant, long recordId, CancellationToken ct)
    {
        if (record.Length != RecordLength
            || await keys.FindAsync(BinaryPrimitives.ReadInt32BigEndian(record.AsSpan(1)), ct) is not { } key)
        {
            throw NotAuthentic();
        }

        return Open(key, record, tenant, recordId);
    }

    private static byte[] Seal(DataKey key, CardDetails card, Tenant tenant, long recordId)
    {
        var record = new byte[RecordLength];
        record[0] = ExpandedKey;
        BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(1), key.Id);
        RandomNumberGenerator.Fill(record.AsSpan(s_nonce));

        using var plaintext = SecretBuffer.Rent(PlaintextLength);
        var digits = card.Number.Reveal();
        plaintext.Span[0] = (byte)(card.Expiry.Year - 2000);
        plaintext.Span[1] = (byte)card.Expiry.Month;
        plaintext.Span[2] = (byte)digits.Length;
        digits.CopyTo(plaintext.Span[3..]);

        Span<byte> place = stackalloc byte[Place.Length];
        Place.Write(place, record.AsSpan(0, HeaderLength), tenant, recordId);
        using var aes = CipherOf(key, place);
        aes.Encrypt(record.AsSpan(s_nonce), plaintext.Span[..PlaintextLength], record.AsSpan(s_ciphertext), record.AsSpan(s_tag), place);
        return record;
    }

    private static CardDetails Open(DataKey key, byte[] record, Tenant tenant, long recordId)
    {
        using var plaintext = SecretBuffer.Rent(PlaintextLength);
        Span<byte> place = stackalloc byte[Place.Length];
        Place.Write(place, record.AsSpan(0, HeaderLength), tenant, recordId);
        using var aes = CipherOf(key, place);
        try
        {
            aes.Decrypt(record.AsSpan(s_nonce), record.AsSpan(s_ciphertext), record.AsSpan(s_tag), plaintext.Span[..PlaintextLength], place);
        }
        catch (CryptographicException)
        {
            throw NotAuthentic();
        }

        var text = plaintext.Span;
        return CardNumber.TryCreate(text.Slice(3, text[2]), out var number)
            ? new CardDetails(number, new CardExpiry(2000 + text[0], text[1]))
            : throw NotAuthentic();
    }

    private static CryptographicException NotAuthentic() => new("The card record does not authenticate.");

    private static AesGcm CipherOf(DataKey key, ReadOnlySpan<byte> place)
    {
        Span<byte> recordKey = stackalloc byte[DataKey.Length];
        switch (place[0]) // the place begins with the record's header
        {
            case ExtractedKey:
                HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Material, recordKey, salt: place, info: KeyLabels.CardRecord);
                break;
            case ExpandedKey:
                key.Derive(KeyLabels.CardRecord, context: place, recordKey);
                break;
            default:
                throw NotAuthentic();
        }

        var aes = new AesGcm(recordKey, TagLength);
        CryptographicOperations.ZeroMemory(recordKey);
        return aes;
    }

    /// <summary>The place a record belongs to, in fixed-length fields.</summary>
    private static class Place
    {
        public const int Length = HeaderLength + 1 + (2 * sizeof(long));

        public static void Write(Span<byte> destination, ReadOnlySpan<byte> header, Tenant tenant, long recordId)
        {
            header.CopyTo(destination);
            destination[HeaderLength] = (byte)tenant.Environment;
            BinaryPrimitives.WriteInt64BigEndian(destination[(HeaderLength + 1)..], tenant.Location.Value);
            BinaryPrimitives.WriteInt64BigEndian(destination[(HeaderLength + 1 + sizeof(long))..], recordId);
        }
    }
}
