using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>Stores the members, for sign-in. A method that takes an audit entry writes it in the transaction of the change.</summary>
public interface IMemberStore
{
    /// <summary>How many wrong passwords, codes and recovery codes together lock a member (PCI DSS 8.3.4).</summary>
    const int FailuresBeforeLock = 10;

    /// <summary>How long a lock lasts.</summary>
    static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(30);

    /// <summary>Whether an account has a member.</summary>
    Task<bool> AnyAsync(AccountId account, CancellationToken ct);

    /// <summary>Finds a member; null when there is none.</summary>
    Task<Member?> FindAsync(MemberId id, CancellationToken ct);

    /// <summary>Finds the member with an e-mail address.</summary>
    Task<Member?> FindByEmailAsync(EmailAddress email, CancellationToken ct);

    /// <summary>Finds the member with a passkey user handle.</summary>
    Task<Member?> FindByHandleAsync(string handle, CancellationToken ct);

    /// <summary>Finds the member to whom a passkey belongs.</summary>
    Task<Member?> FindByPasskeyAsync(byte[] credentialId, CancellationToken ct);

    /// <summary>Lists a member's passkeys, oldest first.</summary>
    Task<IReadOnlyList<Passkey>> ListPasskeysAsync(MemberId member, CancellationToken ct);

    /// <summary>Counts the recovery codes that a member has left.</summary>
    Task<int> CountRecoveryCodesAsync(MemberId member, CancellationToken ct);

    /// <summary>
    /// Takes one of a member's attempts before anything is compared, so that concurrent requests cannot get more attempts. The last
    /// attempt locks the member until it turns out to be right. The call writes equally much whether it returns true or false.
    /// </summary>
    /// <param name="member">The member; null for an address that belongs to no member or to a disabled one.</param>
    /// <param name="now">The time.</param>
    /// <returns>False when the member is locked, or there is no member.</returns>
    Task<bool> TryTakeAttemptAsync(MemberId? member, DateTimeOffset now);

    /// <summary>Accepts the code of a time step, if it is later than every step accepted before and not spent (RFC 6238 §5.2; PCI DSS 8.5.1).</summary>
    Task<bool> TryAcceptTotpStepAsync(MemberId member, long timeStep);

    /// <summary>Ensures that the code of a future time step is never accepted, and deletes spent steps before the one preceding <paramref name="now"/>.</summary>
    Task SpendTotpStepAsync(MemberId member, long timeStep, long now);

    /// <summary>Uses up a recovery code.</summary>
    /// <returns>Whether the member had it.</returns>
    Task<bool> TryUseRecoveryCodeAsync(MemberId member, byte[] hash, AuditEntry entry);

    /// <summary>Stores the new data of a passkey that was used, and the time of its use.</summary>
    Task UpdatePasskeyAsync(MemberId member, byte[] credentialId, string data, DateTimeOffset usedAt);

    /// <summary>Replaces the hash of an unchanged password.</summary>
    /// <returns>Whether the hash was still <paramref name="hash"/>.</returns>
    Task<bool> TryRehashPasswordAsync(MemberId member, string hash, string newHash);

    /// <summary>Changes the password, keeps the hash of the old one, and ends all sessions but one.</summary>
    Task ChangePasswordAsync(MemberId member, string hash, SessionId except, AuditEntry entry);

    /// <summary>
    /// Replaces the seed of the authenticator app and the time step of the code that confirmed it. This and every other change of a
    /// factor ends all sessions but one, so that no stolen session survives the change.
    /// </summary>
    Task SetTotpSeedAsync(MemberId member, byte[] seed, long timeStep, SessionId except, AuditEntry entry);

    /// <summary>Adds a passkey.</summary>
    /// <returns>False when a passkey with this id exists: a passkey belongs to one person (PCI DSS 8.3.11).</returns>
    Task<bool> TryAddPasskeyAsync(MemberId member, Passkey passkey, SessionId except, AuditEntry entry);

    /// <summary>Removes the authenticator app, unless it is the last second factor.</summary>
    Task<bool> TryRemoveTotpAsync(MemberId member, SessionId except, AuditEntry entry);

    /// <summary>Removes a passkey, unless it is the last second factor.</summary>
    Task<bool> TryRemovePasskeyAsync(MemberId member, byte[] credentialId, SessionId except, AuditEntry entry);

    /// <summary>Replaces the recovery codes.</summary>
    Task ReplaceRecoveryCodesAsync(MemberId member, IReadOnlyList<byte[]> hashes, SessionId except, AuditEntry entry);
}
