using System.Diagnostics;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>What a data key is for. Stored by name.</summary>
internal enum DataKeyPurpose
{
    /// <summary>Seals card records. Rotated by age and use.</summary>
    Card,

    /// <summary>Recognises equal cards. Kept as long as the fingerprints it made.</summary>
    Fingerprint,

    /// <summary>Permutes internal ids into public ones. Never rotated: the ids are in other people's systems.</summary>
    Identifier,

    /// <summary>Hashes idempotency keys and the bodies sent with them, which hold card numbers.</summary>
    Idempotency,

    /// <summary>Derives client session secrets, so that none is stored.</summary>
    ClientSecret,

    /// <summary>Seals what the portal keeps of its members and never shows: seeds of second factors, the keys of its forms.</summary>
    Portal,

    /// <summary>Seals the state of tokens. Never rotated: every row would have to be sealed anew.</summary>
    TokenSeal,
}

/// <summary>Where a data key is in its life (PCI DSS 3.7.4, 3.7.5). Stored by name.</summary>
internal enum DataKeyState
{
    /// <summary>Seals and opens.</summary>
    Active,

    /// <summary>Opens what it has sealed, and seals nothing more.</summary>
    Retired,
}

/// <summary>What is known about a data key without being able to use it. All of it is authenticated when the key is unwrapped.</summary>
internal sealed record DataKeyDescription(
    int Id,
    DataKeyPurpose Purpose,
    TenantEnvironment Environment,
    DataKeyState State,
    DateTimeOffset CreatedAt);

/// <summary>A data key as it is stored: its description, and the key wrapped by the root key.</summary>
internal sealed record WrappedDataKey(DataKeyDescription Description, string RootKeyId, byte[] Wrapped, long Uses);

/// <summary>A data key (DEK) that can be used. Prints without its material.</summary>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class DataKey(DataKeyDescription description, SecretBuffer material) : IDisposable
{
    public const int Length = 32;

    private readonly KeyedHash _keyed = new(material);

    public DataKeyDescription Description { get; } = description;

    public int Id => Description.Id;

    public ReadOnlySpan<byte> Material => material.Span[..Length];

    /// <inheritdoc cref="KeyedHash.Derive"/>
    public void Derive(ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> destination) => _keyed.Derive(label, context, destination);

    public void Dispose() => _keyed.Dispose();

    public override string ToString() => $"data key {Id} ({Description.Purpose}, {Description.Environment}, {Description.State})";
}
