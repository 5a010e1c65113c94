using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// Changes a member's own password, second factors and sessions. A change of a credential first needs a fresh confirmation of the member's
/// identity (PCI DSS 8.3.3); ending a session does not, because it only removes access.
/// </summary>
internal sealed class AccountService(
    IMemberStore members, ISessionStore sessions, Ceremonies ceremonies, PasswordTurns turns, Passwords passwords, Totp totp, Passkeys passkeys, MemberSessions rules,
    SignInLimits limits, TimeProvider clock)
{
    private const int MostPasskeys = 10;

    /// <summary>Whether the member has confirmed their identity recently, within <see cref="RoleTable.Freshness"/>.</summary>
    public bool IsConfirmed(SignedInMember who) => clock.GetUtcNow() - who.ConfirmedAt <= RoleTable.Freshness;

    /// <summary>Reads the full record of the signed-in member.</summary>
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
    /// <returns>Why the new password was refused; empty if it was changed.</returns>
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

    /// <summary>Creates the ceremony that adds a factor, with a new seed, for this session.</summary>
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

    /// <summary>Sets up or replaces the authenticator app if the code shows that the app has the seed.</summary>
    public async Task<bool> TrySetTotpAsync(HttpContext context, SignedInMember who, Ceremony ceremony, string? code)
    {
        if (!IsConfirmed(who) || totp.StepOf(ceremony.Seed, code) is not { } step || !await ceremonies.TryEndAsync(context))
        {
            return false;
        }

        await members.SetTotpSeedAsync(who.Id, totp.Seal(ceremony.Handle!, ceremony.Seed), step, who.Session, EntryOf(who, AuditAction.AuthenticatorSetUp));
        return true;
    }

    /// <summary>The clock error of a refused code; null if a wrong clock is not the reason.</summary>
    public ClockError? ClockErrorOf(Ceremony ceremony, string? code) => totp.ClockErrorOf(ceremony.Seed, code);

    /// <summary>Adds a passkey that the browser created.</summary>
    public async Task<bool> TryAddPasskeyAsync(HttpContext context, SignedInMember who, Ceremony ceremony, string? credential) =>
        IsConfirmed(who)
        && (await members.ListPasskeysAsync(who.Id, context.RequestAborted)).Count < MostPasskeys
        && await passkeys.FinishMakingAsync(context, ceremony, credential) is { } passkey
        && await ceremonies.TryEndAsync(context)
        && await members.TryAddPasskeyAsync(who.Id, passkey, who.Session, EntryOf(who, AuditAction.PasskeyAdded));

    /// <summary>Removes the authenticator app, unless it is the last second factor.</summary>
    public async Task<bool> TryRemoveTotpAsync(SignedInMember who) =>
        IsConfirmed(who) && await members.TryRemoveTotpAsync(who.Id, who.Session, EntryOf(who, AuditAction.AuthenticatorRemoved));

    /// <summary>Removes a passkey, unless it is the last second factor.</summary>
    public async Task<bool> TryRemovePasskeyAsync(SignedInMember who, byte[] credentialId) =>
        IsConfirmed(who) && await members.TryRemovePasskeyAsync(who.Id, credentialId, who.Session, EntryOf(who, AuditAction.PasskeyRemoved));

    /// <summary>Creates new recovery codes, which invalidate the old ones.</summary>
    /// <returns>The codes, which are shown only this once; null if the member has to confirm first.</returns>
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
