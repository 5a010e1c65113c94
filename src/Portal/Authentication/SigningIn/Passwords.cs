using System.Buffers.Binary;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Cryptography.KeyDerivation;
using Microsoft.AspNetCore.Identity;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>Hashes and compares passwords, in turns by <see cref="PasswordTurns"/>.</summary>
internal sealed class Passwords(IPasswordHasher<Member> hasher, IMemberStore members, PasswordRules rules, PasswordTurns turns)
{
    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512 (the OWASP Password Storage Cheat Sheet asks for at least 210,000).</summary>
    public const int Iterations = 220_000;

    // In UTF-16 code units. The longest allowed password has fewer, however it is composed.
    private const int LongestTyped = 4 * PasswordRules.Longest;

    private const int HashHeaderBytes = 13;
    private const int SaltBytes = 16;
    private const int KeyBytes = 32;

    // The framework's hasher ignores the user that it hashes for.
    private static readonly Member s_nobody = new()
    {
        Id = default, Account = default, Handle = "", Email = "", Name = "", Role = MemberRole.Viewer, PasswordHash = "",
    };

    private readonly string _nobodysHash = HashOfNoPassword();

    /// <summary>Normalizes and hashes a password (NIST SP 800-63B 3.1.1.2).</summary>
    public Task<string> HashAsync(string password, CancellationToken ct) => turns.RunAsync(() => hasher.HashPassword(s_nobody, Nfkc.Normalize(password)), ct);

    /// <summary>Verifies a member's password. Without a member, it takes as long and the password is wrong.</summary>
    /// <returns>The hash that the password matches, as it is stored now; null if the password is wrong.</returns>
    public async Task<string?> VerifyAsync(Member? member, string password, CancellationToken ct)
    {
        var typed = password.Length <= LongestTyped ? password : "";
        var normalized = Nfkc.Normalize(typed);
        var hash = member?.PasswordHash ?? _nobodysHash;
        var result = await CompareAsync(hash, normalized, ct);
        if (result == PasswordVerificationResult.Failed && normalized != typed && await CompareAsync(hash, typed, ct) != PasswordVerificationResult.Failed)
        {
            // An earlier version hashed the password without normalizing it.
            result = PasswordVerificationResult.SuccessRehashNeeded;
        }

        if (member is null || result == PasswordVerificationResult.Failed)
        {
            return null;
        }

        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            var newHash = await HashAsync(normalized, ct);
            return await members.TryRehashPasswordAsync(member.Id, hash, newHash) ? newHash : hash;
        }

        return hash;
    }

    /// <summary>Returns why a password is refused, as sentences; empty if it is accepted.</summary>
    public async Task<IReadOnlyList<string>> FaultsOfAsync(string password, string email, string name, Member? member, CancellationToken ct)
    {
        if (password.Length > LongestTyped)
        {
            return [$"It can have at most {PasswordRules.Longest} characters."];
        }

        var faults = rules.FaultsOf(Nfkc.Normalize(password), email, name).ToList();
        if (faults.Count == 0 && member is not null && await WasUsedAsync(member, password, ct))
        {
            faults.Add("It is one of your last four passwords.");
        }

        return faults;
    }

    private async Task<bool> WasUsedAsync(Member member, string password, CancellationToken ct)
    {
        foreach (var hash in member.PasswordHistory.Prepend(member.PasswordHash))
        {
            if (await CompareAsync(hash, Nfkc.Normalize(password), ct) != PasswordVerificationResult.Failed)
            {
                return true;
            }
        }

        return false;
    }

    // In the format of the framework's version 3, with random bytes instead of a derived key: no password matches, and a comparison costs the same.
    /// <summary>Creates a hash in the format of password hashes that no known password matches.</summary>
    public static string HashOfNoPassword()
    {
        var hash = new byte[HashHeaderBytes + SaltBytes + KeyBytes];
        hash[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(1), (uint)KeyDerivationPrf.HMACSHA512);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(5), Iterations);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(9), SaltBytes);
        RandomNumberGenerator.Fill(hash.AsSpan(HashHeaderBytes));
        return Convert.ToBase64String(hash);
    }

    private Task<PasswordVerificationResult> CompareAsync(string hash, string password, CancellationToken ct) =>
        turns.RunAsync(() => hasher.VerifyHashedPassword(s_nobody, hash, password), ct);
}
