using System.Diagnostics;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>The purpose of a data key. Stored by name.</summary>
internal enum DataKeyPurpose
{
    /// <summary>Seals card records. Rotated by age and by use.</summary>
    Card,

    /// <summary>Recognises equal cards. Kept as long as the fingerprints made with it.</summary>
    Fingerprint,

    /// <summary>Permutes internal ids into public ones. Never rotated, because other systems store the ids.</summary>
    Identifier,

    /// <summary>Hashes idempotency keys and the bodies sent with them, which hold card numbers.</summary>
    Idempotency,

    /// <summary>Derives client session secrets, so that none is stored.</summary>
    ClientSecret,

    /// <summary>Seals what the portal stores about its members and never shows: the seeds of second factors, and the keys of its forms.</summary>
    Portal,

    /// <summary>Seals the state of tokens. Never rotated, because every row would have to be sealed again.</summary>
    TokenSeal,
}

/// <summary>The state of a data key in its life cycle (PCI DSS 3.7.4, 3.7.5). Stored by name.</summary>
internal enum DataKeyState
{
    /// <summary>The key seals and opens.</summary>
    Active,

    /// <summary>The key opens what it has sealed, and no longer seals.</summary>
    Retired,
}

/// <summary>The properties of a data key other than its material. All of them are authenticated when the key is unwrapped.</summary>
internal sealed record DataKeyDescription(
    int Id,
    DataKeyPurpose Purpose,
    TenantEnvironment Environment,
    DataKeyState State,
    DateTimeOffset CreatedAt);

/// <summary>A data key as it is stored: its description, and its material wrapped by the root key.</summary>
internal sealed record WrappedDataKey(DataKeyDescription Description, string RootKeyId, byte[] Wrapped, long Uses);

/// <summary>An unwrapped data key (DEK). Its string form does not contain the material.</summary>
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
