using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// What a member changes of themselves: the password, the second factors, the sessions. What opens an account asks first for a
/// fresh proof that it is them (PCI DSS 8.3.3); ending a session does not, it only shuts.
/// </summary>
internal sealed class AccountService(
    IMemberStore members, ISessionStore sessions, Ceremonies ceremonies, PasswordTurns turns, Passwords passwords, Totp totp, Passkeys passkeys, MemberSessions rules,
    SignInLimits limits, TimeProvider clock)
{
    private const int MostPasskeys = 10;

    /// <summary>Whether the member has just proved who they are.</summary>
    public bool IsConfirmed(SignedInMember who) => clock.GetUtcNow() - who.ConfirmedAt <= RoleTable.Freshness;

    /// <summary>The member with everything that signing in knows of them.</summary>
    public async Task<Member> GetAsync(SignedInMember who, CancellationToken ct) =>
        await members.FindAsync(who.Id, ct) ?? throw new InvalidOperationException("A signed-in member is not in the store.");

    public Task<IReadOnlyList<Passkey>> ListPasskeysAsync(SignedInMember who, CancellationToken ct) => members.ListPasskeysAsync(who.Id, ct);

    public Task<int> CountRecoveryCodesAsync(SignedInMember who, CancellationToken ct) => members.CountRecoveryCodesAsync(who.Id, ct);

    public Task<IReadOnlyList<MemberSession>> ListSessionsAsync(SignedInMember who, CancellationToken ct) =>
        sessions.ListAsync(who.Id, clock.GetUtcNow(), rules.IdleSince, ct);

    public Task EndSessionAsync(SignedInMember who, SessionId session) =>
        sessions.EndAsync(who.Id, session, clock.GetUtcNow(), EntryOf(who, AuditAction.SessionEnded));

    public Task EndOtherSessionsAsync(SignedInMember who) =>
        sessions.EndOthersAsync(who.Id, who.Session, clock.GetUtcNow(), EntryOf(who, AuditAction.OtherSessionsEnded));

    /// <summary>Changes the password.</summary>
    /// <returns>Why the new one cannot be taken; empty when it was.</returns>
    public async Task<IReadOnlyList<FieldError>> ChangePasswordAsync(SignedInMember who, string password, CancellationToken ct)
    {
        if (!IsConfirmed(who))
        {
            return [new FieldError("Password", "Confirm first that it is you.")];
        }

        if (!limits.TryTake(who.Address))
        {
            return [new FieldError("Password", "Too many tries from this address. Wait a minute, and try again.")];
        }

        using var place = turns.Enter(who.Address);
        var member = await GetAsync(who, ct);
        var faults = await passwords.FaultsOfAsync(password, member.Email, member.Name, member, ct);
        if (faults.Count == 0)
        {
            await members.ChangePasswordAsync(who.Id, await passwords.HashAsync(password, ct), who.Session, EntryOf(who, AuditAction.PasswordChanged));
        }

        return [.. faults.Select(fault => new FieldError("Password", fault))];
    }

    /// <summary>What adding a factor begins with: a new seed, for this session.</summary>
    public static Ceremony NewFactor(Member member, SignedInMember who) => new()
    {
        Purpose = CeremonyPurpose.Factor,
        Member = who.Id.Value,
        Session = who.Session.Value,
        Email = member.Email,
        Name = member.Name,
        Handle = member.Handle,
        Seed = Totp.NewSeed(),
    };

    /// <summary>Sets the authenticator app up, or replaces it, when the code shows that the app has the seed.</summary>
    public async Task<bool> TrySetTotpAsync(HttpContext context, SignedInMember who, Ceremony ceremony, string? code)
    {
        if (!IsConfirmed(who) || totp.StepOf(ceremony.Seed, code) is not { } step || !await ceremonies.TryEndAsync(context))
        {
            return false;
        }

        await members.SetTotpSeedAsync(who.Id, totp.Seal(ceremony.Handle!, ceremony.Seed), step, who.Session, EntryOf(who, AuditAction.AuthenticatorSetUp));
        return true;
    }

    /// <summary>Why a code was refused, where a wrong clock is the reason.</summary>
    public ClockError? ClockErrorOf(Ceremony ceremony, string? code) => totp.ClockErrorOf(ceremony.Seed, code);

    /// <summary>Adds a passkey that the browser made.</summary>
    public async Task<bool> TryAddPasskeyAsync(HttpContext context, SignedInMember who, Ceremony ceremony, string? credential) =>
        IsConfirmed(who)
        && (await members.ListPasskeysAsync(who.Id, context.RequestAborted)).Count < MostPasskeys
        && await passkeys.FinishMakingAsync(context, ceremony, credential) is { } passkey
        && await ceremonies.TryEndAsync(context)
        && await members.TryAddPasskeyAsync(who.Id, passkey, who.Session, EntryOf(who, AuditAction.PasskeyAdded));

    /// <summary>Takes the authenticator app away, unless it is the last second factor.</summary>
    public async Task<bool> TryRemoveTotpAsync(SignedInMember who) =>
        IsConfirmed(who) && await members.TryRemoveTotpAsync(who.Id, who.Session, EntryOf(who, AuditAction.AuthenticatorRemoved));

    /// <summary>Takes a passkey away, unless it is the last second factor.</summary>
    public async Task<bool> TryRemovePasskeyAsync(SignedInMember who, byte[] credentialId) =>
        IsConfirmed(who) && await members.TryRemovePasskeyAsync(who.Id, credentialId, who.Session, EntryOf(who, AuditAction.PasskeyRemoved));

    /// <summary>Makes new recovery codes; the old ones are worth nothing from then on.</summary>
    /// <returns>The codes, this once; null when the member has to confirm first.</returns>
    public async Task<IReadOnlyList<string>?> RenewRecoveryCodesAsync(SignedInMember who)
    {
        if (!IsConfirmed(who))
        {
            return null;
        }

        var codes = RecoveryCodes.Generate();
        await members.ReplaceRecoveryCodesAsync(who.Id, [.. codes.Select(RecoveryCodes.HashOf)], who.Session, EntryOf(who, AuditAction.RecoveryCodesRenewed));
        return codes;
    }

    private AuditEntry EntryOf(SignedInMember who, AuditAction action) => who.Entry(clock.GetUtcNow(), action, who.Actor);
}
