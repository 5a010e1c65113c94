using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>The members, as signing in knows them. What changes one writes its audit entry in the same transaction.</summary>
public interface IMemberStore
{
    /// <summary>How many wrong passwords, codes and recovery codes together lock a member (PCI DSS 8.3.4).</summary>
    const int FailuresBeforeLock = 10;

    /// <summary>For how long.</summary>
    static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(30);

    /// <summary>Whether an account has a member.</summary>
    Task<bool> AnyAsync(AccountId account, CancellationToken ct);

    /// <summary>A member.</summary>
    Task<Member?> FindAsync(MemberId id, CancellationToken ct);

    /// <summary>The member with an e-mail address.</summary>
    Task<Member?> FindByEmailAsync(EmailAddress email, CancellationToken ct);

    /// <summary>The member whom passkeys know by a handle.</summary>
    Task<Member?> FindByHandleAsync(string handle, CancellationToken ct);

    /// <summary>The member to whom a passkey belongs.</summary>
    Task<Member?> FindByPasskeyAsync(byte[] credentialId, CancellationToken ct);

    /// <summary>A member's passkeys, oldest first.</summary>
    Task<IReadOnlyList<Passkey>> ListPasskeysAsync(MemberId member, CancellationToken ct);

    /// <summary>How many recovery codes a member has left.</summary>
    Task<int> CountRecoveryCodesAsync(MemberId member, CancellationToken ct);

    /// <summary>
    /// Takes one of the tries that a member has, before anything is compared: so no number of requests at once gets more of them.
    /// The last one locks, until it turns out to be right. As much is written for one answer as for the other.
    /// </summary>
    /// <param name="member">The member; null for an address that no member has, or one who is disabled.</param>
    /// <param name="now">The time.</param>
    /// <returns>False when the member is locked, or there is none.</returns>
    Task<bool> TryTakeAttemptAsync(MemberId? member, DateTimeOffset now);

    /// <summary>Accepts the code of a time step, if it is later than every one accepted before (RFC 6238 §5.2; PCI DSS 8.5.1).</summary>
    Task<bool> TryAcceptTotpStepAsync(MemberId member, long timeStep);

    /// <summary>Sees to it that the code of a time step to come is never accepted, and forgets such steps before <paramref name="now"/>.</summary>
    Task SpendTotpStepAsync(MemberId member, long timeStep, long now);

    /// <summary>Uses up a recovery code.</summary>
    /// <returns>Whether the member had it.</returns>
    Task<bool> TryUseRecoveryCodeAsync(MemberId member, byte[] hash, AuditEntry entry);

    /// <summary>Notes that a passkey was used.</summary>
    Task UpdatePasskeyAsync(MemberId member, byte[] credentialId, string data, DateTimeOffset usedAt);

    /// <summary>Replaces the hash of a password that stays the same.</summary>
    /// <returns>Whether the hash was still <paramref name="hash"/>.</returns>
    Task<bool> TryRehashPasswordAsync(MemberId member, string hash, string newHash);

    /// <summary>Changes the password, keeps the hash of the old one, and ends every other session.</summary>
    Task ChangePasswordAsync(MemberId member, string hash, SessionId except, AuditEntry entry);

    /// <summary>
    /// Sets the seed of the authenticator app and the time step of the code that confirmed it, in place of the one there was. This
    /// and every other change of a factor ends all sessions but one: anyone who has stolen one must not outlive the clean-up.
    /// </summary>
    Task SetTotpSeedAsync(MemberId member, byte[] seed, long timeStep, SessionId except, AuditEntry entry);

    /// <summary>Adds a passkey.</summary>
    /// <returns>False when there is one with this id: a passkey is one person's (PCI DSS 8.3.11).</returns>
    Task<bool> TryAddPasskeyAsync(MemberId member, Passkey passkey, SessionId except, AuditEntry entry);

    /// <summary>Takes the authenticator app away, unless it is the last second factor.</summary>
    Task<bool> TryRemoveTotpAsync(MemberId member, SessionId except, AuditEntry entry);

    /// <summary>Takes a passkey away, unless it is the last second factor.</summary>
    Task<bool> TryRemovePasskeyAsync(MemberId member, byte[] credentialId, SessionId except, AuditEntry entry);

    /// <summary>Replaces the recovery codes.</summary>
    Task ReplaceRecoveryCodesAsync(MemberId member, IReadOnlyList<byte[]> hashes, SessionId except, AuditEntry entry);
}
