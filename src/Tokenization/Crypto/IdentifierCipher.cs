using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// Encrypts internal ids, which increase with time, into public ones that are indistinguishable from 128 random bits without the key, and
/// decrypts them: one AES-256 block under the identifier key (DESIGN D17, docs/adr/0004-public-ids.md). AES is a permutation, so
/// distinct ids stay distinct. Looking up a public id means decrypting it, which needs no index.
/// </summary>
internal sealed class IdentifierCipher(KeyRing keys) : IDisposable
{
    /// <summary>The number of characters of an encoded id: 128 bits in base64url.</summary>
    public const int EncodedLength = 22;

    private const int BlockLength = BlockCipher.BlockLength;

    // The keys are never rotated, so a cipher stays valid as long as the vault is open.
    private readonly ConcurrentDictionary<TenantEnvironment, BlockCipher> _ciphers = new();

    public string Encode(TenantEnvironment environment, IdentifierKind kind, long internalId)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        Encrypt(environment, kind, internalId, block);
        return Base64Url.EncodeToString(block);
    }

    /// <summary>Encodes an id as a GUID, for clients that expect one.</summary>
    public Guid ToGuid(TenantEnvironment environment, IdentifierKind kind, long internalId)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        Encrypt(environment, kind, internalId, block);
        return new Guid(block);
    }

    /// <summary>
    /// Returns the internal id, or null if no id of this kind encodes to the text. Half of the block is the kind, so a guess
    /// passes with a probability of 2^-64, and must then still name a row of the tenant.
    /// </summary>
    public long? Decode(TenantEnvironment environment, IdentifierKind kind, ReadOnlySpan<char> text)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        if (text.Length != EncodedLength || Base64Url.DecodeFromChars(text, block, out _, out var written) != OperationStatus.Done || written != BlockLength
            || !text.SequenceEqual(Base64Url.EncodeToString(block)))
        {
            return null; // the last comparison refuses other spellings of the same bits, so that each id has one spelling
        }

        CipherOf(environment).Decrypt(block);
        return BinaryPrimitives.ReadInt64BigEndian(block[sizeof(long)..]) == (long)kind
            ? BinaryPrimitives.ReadInt64BigEndian(block)
            : null;
    }

    public void Dispose()
    {
        foreach (var cipher in _ciphers.Values)
        {
            cipher.Dispose();
        }
    }

    private void Encrypt(TenantEnvironment environment, IdentifierKind kind, long internalId, Span<byte> block)
    {
        BinaryPrimitives.WriteInt64BigEndian(block, internalId);
        BinaryPrimitives.WriteInt64BigEndian(block[sizeof(long)..], (long)kind);
        CipherOf(environment).Encrypt(block);
    }

    private BlockCipher CipherOf(TenantEnvironment environment) =>
        _ciphers.GetOrAdd(environment, static (environment, keys) => new BlockCipher(keys.Active(DataKeyPurpose.Identifier, environment)), keys);
}

/// <summary>What an id names. The kind is the other half of the block that is encrypted.</summary>
internal enum IdentifierKind : long
{
    SetupIntent = 1,
    PaymentIntent = 2,

    // The attempt to authorize the card of a setup intent.
    Authorization = 3,

    WebhookSubscription = 16,
    WebhookSecret = 17,
    Account = 18,
    Capture = 4,
    Reversal = 5,
    Refund = 6,
    Customer = 7,
    SavedCard = 8,
    Receipt = 9,
}
