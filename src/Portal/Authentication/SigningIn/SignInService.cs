using System.Net;
using Dojo.Pci.Portal.Authentication.SingleSignOn;
using Dojo.Pci.Portal.Logging;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>The outcome of a step of a sign-in.</summary>
internal enum SignInOutcome
{
    /// <summary>The step succeeded.</summary>
    Passed,

    /// <summary>The input was wrong, no member has this address, or the member is locked or disabled. The answer never says which.</summary>
    Refused,

    /// <summary>There were too many attempts from this address.</summary>
    TooOften,
}

/// <summary>The outcome of a second factor.</summary>
/// <param name="Outcome">Whether it was right.</param>
/// <param name="ClockError">The clock error of a refused code; null if a wrong clock is not the reason.</param>
internal readonly record struct FactorResult(SignInOutcome Outcome, ClockError? ClockError = null);

/// <summary>The kind of second factor that was presented.</summary>
internal enum SecondFactor
{
    /// <summary>A code of an authenticator app.</summary>
    Code,

    /// <summary>A passkey.</summary>
    Passkey,

    /// <summary>A recovery code.</summary>
    RecoveryCode,
}

/// <summary>
/// Signs members in: first the password, then a second factor, then a session begins. One factor alone gives no session, and each step
/// costs one of the member's tries (PCI DSS 8.3.4, 8.4.2, 8.5.1).
/// </summary>
internal sealed partial class SignInService(
    IMemberStore members, ISessionStore sessions, Ceremonies ceremonies, PasswordTurns turns, Passwords passwords, Totp totp, Passkeys passkeys, SignInLimits limits,
    IAuditLog audit, IProviderIdentityStore identities, RefreshTokens tokens, IOptions<SingleSignOnOptions> singleSignOn, TimeProvider clock, ILogger<SignInService> logger)
{
    /// <summary>Checks address and password and, if they are right, begins the ceremony for the second factor.</summary>
    /// <param name="context">The request.</param>
    /// <param name="email">The email address, as typed.</param>
    /// <param name="password">The password.</param>
    /// <param name="returnUrl">The address to go to afterwards.</param>
    /// <param name="confirming">The signed-in member who confirms their identity; null for a new sign-in.</param>
    public async Task<SignInOutcome> CheckPasswordAsync(HttpContext context, string? email, string? password, string returnUrl, SignedInMember? confirming)
    {
        if (!limits.TryTake(context.Connection.RemoteIpAddress))
        {
            return SignInOutcome.TooOften;
        }

        using var place = turns.Enter(context.Connection.RemoteIpAddress);

        // It must not show whether an address is a member's. For an unknown address the same is read, compared and written, in as many commits.
        var member = EmailAddress.TryParse(confirming?.Email ?? email, out var address) ? await members.FindByEmailAsync(address, context.RequestAborted) : null;
        var mayTry = await members.TryTakeAttemptAsync(member is { IsDisabled: false } ? member.Id : null, clock.GetUtcNow());
        var hash = await passwords.VerifyAsync(mayTry ? member : null, password ?? "", context.RequestAborted);
        if (member is null || hash is null || !MayUsePassword(member))
        {
            await RecordRefusalAsync(context, member, !mayTry ? "locked or disabled" : hash is null ? "wrong password" : "single sign-on is to be used");
            return SignInOutcome.Refused;
        }

        await ceremonies.BeginAsync(
            context,
            new Ceremony
            {
                Purpose = confirming is null ? CeremonyPurpose.SignIn : CeremonyPurpose.Confirm,
                ReturnUrl = returnUrl,
                Member = member.Id.Value,
                PasswordHash = hash,
                Session = confirming?.Session.Value ?? 0,
            });
        return SignInOutcome.Passed;
    }

    /// <summary>Finds the member of a ceremony; null if the member was disabled or the password has changed since.</summary>
    public async Task<Member?> FindMemberAsync(Ceremony ceremony, CancellationToken ct) =>
        await members.FindAsync(new MemberId(ceremony.Member), ct) is { IsDisabled: false } member && member.PasswordHash == ceremony.PasswordHash ? member : null;

    /// <summary>Checks the second factor and, if it is right, begins or confirms the session.</summary>
    public async Task<FactorResult> CheckFactorAsync(HttpContext context, Ceremony ceremony, SecondFactor factor, string? shown)
    {
        if (!limits.TryTake(context.Connection.RemoteIpAddress))
        {
            return new FactorResult(SignInOutcome.TooOften);
        }

        if (await FindMemberAsync(ceremony, context.RequestAborted) is not { } member)
        {
            return new FactorResult(SignInOutcome.Refused);
        }

        if (!await members.TryTakeAttemptAsync(member.Id, clock.GetUtcNow()))
        {
            await RecordRefusalAsync(context, member, "locked");
            return new FactorResult(SignInOutcome.Refused);
        }

        var (isRight, clockError) = await ValidateAsync(context, ceremony, member, factor, shown);
        if (!isRight)
        {
            await RecordRefusalAsync(context, member, clockError is null ? $"wrong {Words(factor)}" : "code of another time");
            return new FactorResult(SignInOutcome.Refused, clockError);
        }

        // Of two requests with the same ceremony, only one ends it. A member whose password was changed meanwhile must start again.
        var isDone = await ceremonies.TryEndAsync(context) && await TryFinishAsync(context, ceremony, member, factor);
        return new FactorResult(isDone ? SignInOutcome.Passed : SignInOutcome.Refused);
    }

    /// <summary>Begins a session for a member who has presented, or just set up, both factors.</summary>
    /// <returns>False if the member's password has changed since it was checked, or the member was disabled.</returns>
    /// <param name="context">The request.</param>
    /// <param name="member">The member.</param>
    /// <param name="how">The factors that were used, for the audit trail.</param>
    /// <param name="refreshToken">The identity provider's refresh token for the session; null if the provider was not involved.</param>
    public async Task<bool> TryBeginSessionAsync(HttpContext context, Member member, string how, string? refreshToken = null)
    {
        var now = clock.GetUtcNow();
        var entry = EntryOf(context, member, AuditAction.SignedIn, how);
        if (await sessions.BeginAsync(member, now, now + MemberSessions.Longest, entry.Address, LogScrubber.Scrub(context.Request.Headers.UserAgent.ToString()), entry) is not { } secret)
        {
            return false;
        }

        PortalCookies.Set(context, PortalCookies.Session, secret);
        await KeepGrantAsync(secret, refreshToken);
        return true;
    }

    /// <summary>Keeps the identity provider's refresh token for a session, to ask later whether the member still has access.</summary>
    public Task KeepGrantAsync(OpaqueSecret session, string? refreshToken) => refreshToken is null
        ? Task.CompletedTask
        : identities.KeepGrantAsync(session, tokens.Seal(refreshToken), clock.GetUtcNow() + singleSignOn.Value.RefreshInterval);

    private bool MayUsePassword(Member member) => !singleSignOn.Value.IsOn || !singleSignOn.Value.PasswordsForOwnersOnly || member.Role == MemberRole.Owner;

    private static string Words(SecondFactor factor) => factor switch
    {
        SecondFactor.Code => "code",
        SecondFactor.Passkey => "passkey",
        _ => "recovery code",
    };

    private async Task<bool> TryFinishAsync(HttpContext context, Ceremony ceremony, Member member, SecondFactor factor)
    {
        if (ceremony.Purpose != CeremonyPurpose.Confirm)
        {
            return await TryBeginSessionAsync(context, member, $"{FirstFactor(ceremony)} and {Words(factor)}", ceremony.RefreshToken);
        }

        var entry = EntryOf(context, member, AuditAction.IdentityConfirmed, $"{FirstFactor(ceremony)} and {Words(factor)}");
        if (await sessions.ConfirmAsync(member, new SessionId(ceremony.Session), clock.GetUtcNow(), entry) is not { } secret)
        {
            return false;
        }

        PortalCookies.Set(context, PortalCookies.Session, secret);
        await KeepGrantAsync(secret, ceremony.RefreshToken);
        return true;
    }

    private static string FirstFactor(Ceremony ceremony) => ceremony.RefreshToken is null ? "password" : "single sign-on";

    private async Task<(bool IsRight, ClockError? ClockError)> ValidateAsync(HttpContext context, Ceremony ceremony, Member member, SecondFactor factor, string? shown) => factor switch
    {
        SecondFactor.Code => await totp.TryUseAsync(member, shown),
        SecondFactor.Passkey => (await passkeys.TryUseAsync(context, ceremony, member, shown), null),
        _ => (await members.TryUseRecoveryCodeAsync(member.Id, RecoveryCodes.HashOf(shown), EntryOf(context, member, AuditAction.RecoveryCodeUsed, "")), null),
    };

    // An attempt with an unknown address goes into the audit trail too, where no account shows it, because PCI DSS 10.2.1.4 requires all
    // attempts. The typed address is not kept, because people sometimes type passwords there.
    private async Task RecordRefusalAsync(HttpContext context, Member? member, string detail)
    {
        var address = ClientAddress.Of(context);
        await audit.RecordAsync(member is null
            ? AuditActor.Nobody(address).Entry(clock.GetUtcNow(), AuditAction.SignInRefused, AuditActor.NobodyName, "unknown address", succeeded: false)
            : EntryOf(context, member, AuditAction.SignInRefused, detail, succeeded: false));
        if (member is null)
        {
            Log.Stranger(logger, address);
        }
    }

    private AuditEntry EntryOf(HttpContext context, Member member, AuditAction action, string detail, bool succeeded = true) =>
        AuditActor.Member(member.Account, member.Id, ClientAddress.Of(context)).Entry(clock.GetUtcNow(), action, member.Id.Actor, detail, succeeded);

    private static partial class Log
    {
        [LoggerMessage(4201, LogLevel.Information, "Someone at {Address} tried to sign in with an e-mail address that no member has.")]
        public static partial void Stranger(ILogger logger, IPAddress? address);
    }
}
