namespace Dojo.Pci.Tokenization.Members;

/// <summary>A passkey of a member: a public key, so nothing about it is secret.</summary>
/// <param name="CredentialId">The credential id, assigned by the authenticator.</param>
/// <param name="Name">The name that the member gave it.</param>
/// <param name="Data">The data for verifying its signatures, as written by the portal.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="LastUsedAt">When it was last used to sign in; null for never.</param>
public sealed record Passkey(byte[] CredentialId, string Name, string Data, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);
