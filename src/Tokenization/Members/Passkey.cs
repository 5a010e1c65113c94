namespace Dojo.Pci.Tokenization.Members;

/// <summary>A passkey of a member: a public key, so nothing about it is secret.</summary>
/// <param name="CredentialId">Its id, given by the authenticator.</param>
/// <param name="Name">What the member calls it.</param>
/// <param name="Data">What checks its signatures, as the portal wrote it.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="LastUsedAt">When it was last used to sign in.</param>
public sealed record Passkey(byte[] CredentialId, string Name, string Data, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);
