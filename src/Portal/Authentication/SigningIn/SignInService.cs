using System.Net;
using Dojo.Pci.Portal.Logging;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>What a step of a sign-in came to.</summary>
internal enum SignInOutcome
{
    /// <summary>It was right; go on.</summary>
    Passed,

    /// <summary>It was wrong, or nobody has this address, or he is locked or disabled: never said which.</summary>
    Refused,

    /// <summary>Too much is tried from this address.</summary>
    TooOften,
}

/// <summary>The second factor that was shown.</summary>
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
/// Signs members in: the password, then a second factor, then a session. No session is had for one factor alone, and each step
/// costs one of the tries that a member has (PCI DSS 8.3.4, 8.4.2, 8.5.1).
/// </summary>
internal sealed partial class SignInService(
    IMemberStore members, ISessionStore sessions, Ceremonies ceremonies, Passwords passwords, Totp totp, Passkeys passkeys, SignInLimits limits,
    IAuditLog audit, TimeProvider clock, ILogger<SignInService> logger)
{
    /// <summary>Judges address and password, and when they are right begins the ceremony for the second factor.</summary>
    /// <param name="context">The request.</param>
    /// <param name="email">The address, as typed.</param>
    /// <param name="password">The password.</param>
    /// <param name="returnUrl">Where to go in the end.</param>
    /// <param name="confirming">The signed-in member who proves that it is still him; null for a new sign-in.</param>
    public async Task<SignInOutcome> CheckPasswordAsync(HttpContext context, string? email, string? password, string returnUrl, SignedInMember? confirming)
    {
        if (!limits.TryTake(context.Connection.RemoteIpAddress))
        {
            return SignInOutcome.TooOften;
        }

        var member = EmailAddress.TryParse(confirming?.Email ?? email, out var address) ? await members.FindByEmailAsync(address, context.RequestAborted) : null;
        var mayTry = member is { IsDisabled: false } && await members.TryTakeAttemptAsync(member.Id, clock.GetUtcNow());

        // Whoever may not try, or is nobody, has a password compared too: it takes the same time.
        var isRight = await passwords.IsRightAsync(mayTry ? member : null, password ?? "", context.RequestAborted);
        if (member is null)
        {
            Log.Stranger(logger, ClientAddress.Of(context));
            return SignInOutcome.Refused;
        }

        if (!isRight)
        {
            await RecordAsync(context, member, "sign-in refused", mayTry ? "wrong password" : "locked or disabled", succeeded: false);
            return SignInOutcome.Refused;
        }

        await ceremonies.BeginAsync(
            context,
            new Ceremony
            {
                Purpose = confirming is null ? CeremonyPurpose.SignIn : CeremonyPurpose.Confirm,
                ReturnUrl = returnUrl,
                Member = member.Id.Value,
                PasswordHash = (await members.FindAsync(member.Id, context.RequestAborted))?.PasswordHash,
                Session = confirming?.Session.Value ?? 0,
            });
        return SignInOutcome.Passed;
    }

    /// <summary>The member for whom a second factor is awaited.</summary>
    public async Task<Member?> FindMemberAsync(Ceremony ceremony, CancellationToken ct) =>
        await members.FindAsync(new MemberId(ceremony.Member), ct) is { IsDisabled: false } member && member.PasswordHash == ceremony.PasswordHash ? member : null;

    /// <summary>Judges the second factor, and when it is right begins the session or confirms it.</summary>
    public async Task<SignInOutcome> CheckFactorAsync(HttpContext context, Ceremony ceremony, SecondFactor factor, string? shown)
    {
        if (!limits.TryTake(context.Connection.RemoteIpAddress))
        {
            return SignInOutcome.TooOften;
        }

        if (await FindMemberAsync(ceremony, context.RequestAborted) is not { } member)
        {
            return SignInOutcome.Refused;
        }

        var mayTry = await members.TryTakeAttemptAsync(member.Id, clock.GetUtcNow());
        if (!mayTry || !await IsRightAsync(context, ceremony, member, factor, shown))
        {
            await RecordAsync(context, member, "sign-in refused", mayTry ? $"wrong {Words(factor)}" : "locked", succeeded: false);
            return SignInOutcome.Refused;
        }

        // Of two requests with the same ceremony, one ends it.
        if (!await ceremonies.TryEndAsync(context))
        {
            return SignInOutcome.Refused;
        }

        await FinishAsync(context, ceremony, member, factor);
        return SignInOutcome.Passed;
    }

    /// <summary>Begins a session for a member who has shown, or just set up, both factors.</summary>
    public async Task BeginSessionAsync(HttpContext context, Member member, string how)
    {
        var now = clock.GetUtcNow();
        var entry = EntryOf(context, member, "signed in", how);
        var secret = await sessions.BeginAsync(member, now, now + MemberSessions.Longest, entry.Address, LogScrubber.Scrub(context.Request.Headers.UserAgent.ToString()), entry);
        PortalCookies.Set(context, PortalCookies.Session, secret);
    }

    private static string Words(SecondFactor factor) => factor switch
    {
        SecondFactor.Code => "code",
        SecondFactor.Passkey => "passkey",
        _ => "recovery code",
    };

    private async Task FinishAsync(HttpContext context, Ceremony ceremony, Member member, SecondFactor factor)
    {
        if (ceremony.Purpose == CeremonyPurpose.Confirm)
        {
            var entry = EntryOf(context, member, "identity confirmed", $"password and {Words(factor)}");
            if (await sessions.ConfirmAsync(new SessionId(ceremony.Session), clock.GetUtcNow(), entry) is { } secret)
            {
                PortalCookies.Set(context, PortalCookies.Session, secret);
            }
        }
        else
        {
            await BeginSessionAsync(context, member, $"password and {Words(factor)}");
        }
    }

    private Task<bool> IsRightAsync(HttpContext context, Ceremony ceremony, Member member, SecondFactor factor, string? shown) => factor switch
    {
        SecondFactor.Code => totp.TryUseAsync(member, shown),
        SecondFactor.Passkey => passkeys.TryUseAsync(context, ceremony, member, shown),
        SecondFactor.RecoveryCode => members.TryUseRecoveryCodeAsync(member.Id, RecoveryCodes.HashOf(shown ?? ""), EntryOf(context, member, "recovery code used", "")),
        _ => Task.FromResult(false),
    };

    private Task RecordAsync(HttpContext context, Member member, string action, string detail, bool succeeded) =>
        audit.RecordAsync(EntryOf(context, member, action, detail) with { Succeeded = succeeded });

    private AuditEntry EntryOf(HttpContext context, Member member, string action, string detail) => new()
    {
        Account = member.Account,
        At = clock.GetUtcNow(),
        Actor = $"member:{member.Id.Value}",
        Action = action,
        Subject = $"member:{member.Id.Value}",
        Detail = detail,
        Address = ClientAddress.Of(context),
    };

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Information, "Someone at {Address} tried to sign in with an e-mail address that no member has.")]
        public static partial void Stranger(ILogger logger, IPAddress? address);
    }
}
