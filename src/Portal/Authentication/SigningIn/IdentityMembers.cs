using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Identity;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// The member store of ASP.NET Core Identity, which checks passkeys and hashes passwords. It is read-only: changes to members go
/// through <see cref="IMemberStore"/>, where each shares a transaction with its entry in the audit trail.
/// </summary>
internal sealed class IdentityMembers(IMemberStore members) : IUserPasskeyStore<Member>
{
    public Task<string> GetUserIdAsync(Member user, CancellationToken cancellationToken) => Task.FromResult(user.Handle);

    public Task<string?> GetUserNameAsync(Member user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task<string?> GetNormalizedUserNameAsync(Member user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task<Member?> FindByIdAsync(string userId, CancellationToken cancellationToken) => members.FindByHandleAsync(userId, cancellationToken);

    public Task<Member?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        EmailAddress.TryParse(normalizedUserName, out var email) ? members.FindByEmailAsync(email, cancellationToken) : Task.FromResult<Member?>(null);

    public Task<Member?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => members.FindByPasskeyAsync(credentialId, cancellationToken);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Member user, CancellationToken cancellationToken) =>
        [.. (await members.ListPasskeysAsync(user.Id, cancellationToken)).Select(PasskeyData.Read)];

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Member user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await members.ListPasskeysAsync(user.Id, cancellationToken)).Where(passkey => passkey.CredentialId.AsSpan().SequenceEqual(credentialId)).Select(PasskeyData.Read).FirstOrDefault();

    public Task SetUserNameAsync(Member user, string? userName, CancellationToken cancellationToken) => throw ChangedElsewhere();

    public Task SetNormalizedUserNameAsync(Member user, string? normalizedName, CancellationToken cancellationToken) => throw ChangedElsewhere();

    public Task<IdentityResult> CreateAsync(Member user, CancellationToken cancellationToken) => throw ChangedElsewhere();

    public Task<IdentityResult> UpdateAsync(Member user, CancellationToken cancellationToken) => throw ChangedElsewhere();

    public Task<IdentityResult> DeleteAsync(Member user, CancellationToken cancellationToken) => throw ChangedElsewhere();

    public Task AddOrUpdatePasskeyAsync(Member user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw ChangedElsewhere();

    public Task RemovePasskeyAsync(Member user, byte[] credentialId, CancellationToken cancellationToken) => throw ChangedElsewhere();

    public void Dispose()
    {
        // There is nothing to dispose: every call opens what it needs.
    }

    private static NotSupportedException ChangedElsewhere() => new("Members are changed through IMemberStore.");
}
