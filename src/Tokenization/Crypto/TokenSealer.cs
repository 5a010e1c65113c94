using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>
/// The parts of a token's row that decide what may be done with the token. <see cref="Events"/> is the length of its history: each change of status
/// adds an event, so a row restored from an older copy does not match the history.
/// </summary>
internal readonly record struct TokenState
{
    public required long RecordId { get; init; }

    public required Tenant Tenant { get; init; }

    public required string Status { get; init; }

    /// <summary>The number of events in the token's history.</summary>
    public required long Events { get; init; }

    /// <summary>When the token last changed, in microseconds since 1970.</summary>
    public required long UpdatedAt { get; init; }

    public required string? TransactionType { get; init; }

    public required long? CardExpiry { get; init; }

    /// <summary>Whether the token's card is stored. The card record is authenticated separately, for this row only.</summary>
    public required bool HasCard { get; init; }

    public required string? AttemptId { get; init; }

    public required long? ChargedBy { get; init; }
}

/// <summary>
/// Seals the state of tokens: HMAC-SHA-256, truncated to 128 bits, under a key with no other use (docs/adr/0017-authenticated-state.md).
/// </summary>
internal sealed class TokenSealer(KeyRing keys)
{
    /// <summary>The length of a seal in bytes.</summary>
    public const int Length = 16;

    // Statuses, transaction types and transaction ids are much shorter, but a tampered row may hold anything.
    private const int LongestText = 64;
    private const int LongestMessage = 1 + (4 * sizeof(long)) + sizeof(long) + 1 + (2 * (1 + sizeof(long))) + (3 * (1 + LongestText));

    /// <summary>Returns the seal of a state.</summary>
    /// <exception cref="ArgumentException">A text is longer than 64 bytes.</exception>
    public byte[] Seal(in TokenState state)
    {
        Span<byte> mac = stackalloc byte[KeyedHash.Length];
        return TryHash(state, mac) ? mac[..Length].ToArray() : throw new ArgumentException("A text of the state is too long.", nameof(state));
    }

    /// <summary>Returns whether a state is the one that was sealed.</summary>
    public bool IsGenuine(in TokenState state, ReadOnlySpan<byte> seal)
    {
        Span<byte> mac = stackalloc byte[KeyedHash.Length];
        return seal.Length == Length && TryHash(state, mac) && CryptographicOperations.FixedTimeEquals(mac[..Length], seal);
    }

    /// <summary>Returns the seal that binds a saved card's token to its customer.</summary>
    public byte[] SealOwner(Tenant tenant, long tokenRecordId, long customerRecordId)
    {
        Span<byte> mac = stackalloc byte[KeyedHash.Length];
        HashOwner(tenant, tokenRecordId, customerRecordId, mac);
        return mac[..Length].ToArray();
    }

    /// <summary>Returns whether the seal binds the token to this customer.</summary>
    public bool IsOwner(Tenant tenant, long tokenRecordId, long customerRecordId, ReadOnlySpan<byte> seal)
    {
        Span<byte> mac = stackalloc byte[KeyedHash.Length];
        HashOwner(tenant, tokenRecordId, customerRecordId, mac);
        return CryptographicOperations.FixedTimeEquals(mac[..Length], seal);
    }

    private void HashOwner(Tenant tenant, long tokenRecordId, long customerRecordId, Span<byte> mac)
    {
        Span<byte> message = stackalloc byte[1 + (4 * sizeof(long))];
        var writer = new Writer(message);
        writer.Add((byte)tenant.Environment);
        writer.Add(tenant.Account.Value);
        writer.Add(tenant.Location.Value);
        writer.Add(tokenRecordId);
        writer.Add(customerRecordId);
        keys.Active(DataKeyPurpose.TokenSeal, tenant.Environment).Derive(KeyLabels.SavedCard, message, mac);
    }

    private bool TryHash(in TokenState state, Span<byte> mac)
    {
        Span<byte> message = stackalloc byte[LongestMessage];
        var writer = new Writer(message);
        writer.Add((byte)state.Tenant.Environment);
        writer.Add(state.Tenant.Account.Value);
        writer.Add(state.Tenant.Location.Value);
        writer.Add(state.RecordId);
        writer.Add(state.Events);
        writer.Add(state.UpdatedAt);
        writer.Add(state.HasCard ? (byte)1 : (byte)0);
        writer.Add(state.CardExpiry);
        writer.Add(state.ChargedBy);
        if (!writer.TryAdd(state.Status) || !writer.TryAdd(state.TransactionType) || !writer.TryAdd(state.AttemptId))
        {
            return false;
        }

        // Derive adds the label and the block number. Each field has a fixed place or its length, so no two states give the same bytes.
        keys.Active(DataKeyPurpose.TokenSeal, state.Tenant.Environment).Derive(KeyLabels.TokenSeal, message[..writer.Written], mac);
        return true;
    }

    private ref struct Writer(Span<byte> destination)
    {
        private const byte Nothing = byte.MaxValue;
        private readonly Span<byte> _destination = destination;

        public int Written { get; private set; }

        public void Add(byte value) => _destination[Written++] = value;

        public void Add(long value)
        {
            BinaryPrimitives.WriteInt64BigEndian(_destination[Written..], value);
            Written += sizeof(long);
        }

        public void Add(long? value)
        {
            Add(value is null ? (byte)0 : (byte)1);
            Add(value ?? 0);
        }

        public bool TryAdd(string? text)
        {
            if (text is null)
            {
                Add(Nothing);
                return true;
            }

            if (text.Length > LongestText || !Encoding.UTF8.TryGetBytes(text, _destination.Slice(Written + 1, LongestText), out var length))
            {
                return false;
            }

            Add((byte)length);
            Written += length;
            return true;
        }
    }
}
