using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Identity;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>Hashes and compares passwords; few at once, because each takes a tenth of a second of a processor.</summary>
internal sealed class Passwords(IPasswordHasher<Member> hasher, IMemberStore members, PasswordRules rules) : IDisposable
{
    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512 (OWASP Password Storage Cheat Sheet asks for 210,000 at least).</summary>
    public const int Iterations = 220_000;

    // The framework's hasher does not look at whom it hashes for.
    private static readonly Member s_nobody = new()
    {
        Id = default, Account = default, Handle = "", Email = "", Name = "", Role = MemberRole.Viewer, PasswordHash = "",
    };

    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly Lazy<string> _nobodysHash = new(() => hasher.HashPassword(s_nobody, "nobody's password"));

    public async Task<string> HashAsync(string password, CancellationToken ct)
    {
        await _turns.WaitAsync(ct);
        try
        {
            return await Task.Run(() => hasher.HashPassword(s_nobody, password), ct);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Whether a password is a member's. For nobody it takes as long, and is wrong.</summary>
    public async Task<bool> IsRightAsync(Member? member, string password, CancellationToken ct)
    {
        var result = await CompareAsync(member?.PasswordHash ?? _nobodysHash.Value, password, ct);
        if (member is not null && result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await members.RehashPasswordAsync(member.Id, member.PasswordHash, await HashAsync(password, ct));
        }

        return member is not null && result != PasswordVerificationResult.Failed;
    }

    /// <summary>Why a password cannot be taken, as sentences; empty when it can.</summary>
    public async Task<IReadOnlyList<string>> FaultsOfAsync(string password, string email, string name, Member? member, CancellationToken ct)
    {
        var faults = rules.FaultsOf(password, email, name).ToList();
        if (faults.Count == 0 && member is not null && await WasUsedAsync(member, password, ct))
        {
            faults.Add("It is one of your last four passwords.");
        }

        return faults;
    }

    public void Dispose() => _turns.Dispose();

    private async Task<bool> WasUsedAsync(Member member, string password, CancellationToken ct)
    {
        foreach (var hash in member.PasswordHistory.Prepend(member.PasswordHash))
        {
            if (await CompareAsync(hash, password, ct) != PasswordVerificationResult.Failed)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<PasswordVerificationResult> CompareAsync(string hash, string password, CancellationToken ct)
    {
        await _turns.WaitAsync(ct);
        try
        {
            return await Task.Run(() => hasher.VerifyHashedPassword(s_nobody, hash, password), ct);
        }
        finally
        {
            _turns.Release();
        }
    }
}
