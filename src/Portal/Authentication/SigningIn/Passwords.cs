using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
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

    // Whoever would come after these would wait for seconds, and so would everybody after him.
    private const int LongestQueue = 20;

    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int _waiting;
    private readonly Lazy<string> _nobodysHash = new(() => hasher.HashPassword(s_nobody, "nobody's password"));

    /// <exception cref="UnavailableException">Too many wait.</exception>
    public Task<string> HashAsync(string password, CancellationToken ct) => InTurnAsync(() => hasher.HashPassword(s_nobody, password), ct);

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

    private Task<PasswordVerificationResult> CompareAsync(string hash, string password, CancellationToken ct) =>
        InTurnAsync(() => hasher.VerifyHashedPassword(s_nobody, hash, password), ct);

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _waiting) > LongestQueue)
        {
            Interlocked.Decrement(ref _waiting);
            throw new UnavailableException("Too many are signing in at this moment.");
        }

        try
        {
            await _turns.WaitAsync(ct);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            return await Task.Run(work, ct);
        }
        finally
        {
            _turns.Release();
        }
    }
}
