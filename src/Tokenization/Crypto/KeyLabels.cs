namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>The labels that separate each use of derived key material from every other. No two may be equal.</summary>
internal static class KeyLabels
{
    public static ReadOnlySpan<byte> RootKeyId => "dojo-pci root key id v1"u8;

    public static ReadOnlySpan<byte> Wrapping => "dojo-pci data key wrapping v1"u8;

    /// <summary>The label of keys that were wrapped before the manifest existed. Used once, by <see cref="FirstKeys"/>, to open them.</summary>
    public static ReadOnlySpan<byte> UnlistedKey => "dojo-pci wrapped data key v1"u8;

    public static ReadOnlySpan<byte> WrappedKey => "dojo-pci wrapped data key v2"u8;

    public static ReadOnlySpan<byte> Manifest => "dojo-pci data key manifest v1"u8;

    public static ReadOnlySpan<byte> TokenSeal => "dojo-pci token seal v1"u8;

    public static ReadOnlySpan<byte> CardRecord => "dojo-pci card record v1"u8;

    public static ReadOnlySpan<byte> Fingerprint => "dojo-pci fingerprint v1"u8;

    public static ReadOnlySpan<byte> IdempotencyKey => "dojo-pci idempotency key v1"u8;

    public static ReadOnlySpan<byte> ClientSecret => "dojo-pci client session secret v1"u8;

    public static ReadOnlySpan<byte> CustomerSecret => "dojo-pci customer secret v1"u8;

    public static ReadOnlySpan<byte> SavedCard => "dojo-pci saved card v1"u8;

    public static ReadOnlySpan<byte> RequestBody => "dojo-pci request body v1"u8;

    public static ReadOnlySpan<byte> PaymentRequestBody => "dojo-pci payment request body v1"u8;

    public static ReadOnlySpan<byte> BatchBody => "dojo-pci batch body v1"u8;

    public static ReadOnlySpan<byte> PortalSecret => "dojo-pci portal secret v1"u8;
}
