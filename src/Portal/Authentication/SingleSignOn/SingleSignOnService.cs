using System.Globalization;
using System.Net;
using System.Security.Claims;
using Dojo.Pci.Portal.Authentication.SigningIn;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Authentication.SingleSignOn;

/// <summary>Why someone who came from the provider was not let in; stands in the address of the sign-in page.</summary>
internal enum SingleSignOnRefusal
{
    /// <summary>The provider, or the way to it and back, failed.</summary>
    Failed,

    /// <summary>They are in no group with a role here.</summary>
    NoRole,

    /// <summary>Somebody has the address already whom the provider may not speak for, or there is no address.</summary>
    Address,

    /// <summary>The member was disabled.</summary>
    Disabled,

    /// <summary>It was someone else who was to be confirmed, or they did not sign in anew.</summary>
    NotConfirmed,
}

/// <summary>
/// What becomes of someone whom the provider sends: a session where it vouches for both factors, else the portal's second factor first. Who is in a group with a role
/// becomes a member at the first time.
/// </summary>
internal sealed partial class SingleSignOnService(
    IProviderIdentityStore identities, IMemberStore members, ISessionStore sessions, SignInService signIn, Ceremonies ceremonies, SignInLimits limits,
    IAuditLog audit, IOptions<SingleSignOnOptions> settings, TimeProvider clock, ILogger<SingleSignOnService> logger)
{
    private static readonly Uri s_here = new("http://localhost");
    private static readonly TimeSpan s_linkLasts = TimeSpan.FromMinutes(15);

    // How far the provider's clock and ours may be apart, and how long somebody may take to type.
    private static readonly TimeSpan s_signedInWithin = TimeSpan.FromMinutes(5);

    private SingleSignOnOptions Options => settings.Value;

    private AccountId Account => new(Options.Account);

    /// <summary>Takes what the provider says of someone, and answers with the page that they go on to.</summary>
    /// <param name="context">The request with which they came back.</param>
    /// <param name="principal">What the provider says, verified.</param>
    /// <param name="properties">What went with them, and the tokens.</param>
    /// <param name="returnUrl">Where they wanted to go.</param>
    public async Task ReceiveAsync(HttpContext context, ClaimsPrincipal principal, AuthenticationProperties properties, string? returnUrl)
    {
        if (!limits.TryTake(context.Connection.RemoteIpAddress)
            || ProviderClaims.Read(principal, Options.GroupsClaim) is not { } claims
            || properties.GetTokenValue("refresh_token") is not { Length: > 0 } refreshToken)
        {
            // Without a refresh token nobody would notice that the provider has shut somebody out.
            Log.NotUsable(logger);
            await GoAsync(context, RefusedBecause(SingleSignOnRefusal.Failed));
            return;
        }

        var confirmed = properties.Items.TryGetValue(SingleSignOnExtensions.ConfirmedSession, out var session) && long.TryParse(session, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new SessionId(id)
            : default;
        await GoAsync(context, await DecideAsync(context, claims, refreshToken, LocalAddress.Of(returnUrl), confirmed));
    }

    /// <summary>Answers someone with whom something went wrong between here and the provider. What the provider wrote is not repeated.</summary>
    public Task FailAsync(HttpContext context, Exception? failure)
    {
        return GoAsync(context, NoteFailure(context, failure));
    }

    /// <summary>Notes that something went wrong between here and the provider.</summary>
    /// <returns>The page that says so, and has the other way in.</returns>
    public string NoteFailure(HttpContext context, Exception? failure)
    {
        Log.Failed(logger, failure?.GetType().Name ?? "unknown", ClientAddress.Of(context));
        return RefusedBecause(SingleSignOnRefusal.Failed);
    }

    private async Task<string> DecideAsync(HttpContext context, ProviderClaims claims, string refreshToken, string returnUrl, SessionId confirmed)
    {
        if (Options.RoleOf(claims.Groups) is not { } role)
        {
            return await RefuseAsync(context, member: null, SingleSignOnRefusal.NoRole, "in no group with a role");
        }

        var member = await identities.FindAsync(claims.Identity, context.RequestAborted) ?? await TryAdoptAsync(context, claims);
        if (confirmed != default)
        {
            return await ConfirmAsync(context, claims, member, refreshToken, returnUrl, confirmed);
        }

        if (member is { IsDisabled: true })
        {
            return await RefuseAsync(context, member, SingleSignOnRefusal.Disabled, "disabled");
        }

        var vouched = Options.IsSecondFactor(claims.Methods);
        if (member is null)
        {
            if (claims.Email is not { } email || await members.FindByEmailAsync(email, context.RequestAborted) is not null)
            {
                return await RefuseAsync(context, member: null, SingleSignOnRefusal.Address, "the address is missing, or another member's");
            }

            if (!vouched)
            {
                return await SetUpFactorAsync(context, claims, email, role, refreshToken);
            }

            member = await identities.TryCreateAsync(claims.Identity, Account, role, NewMember(claims, email), EntryOf(context, null, AuditAction.MemberJoined, $"by single sign-on, as {role}"));
            if (member is null)
            {
                return await RefuseAsync(context, member: null, SingleSignOnRefusal.Address, "somebody has the address meanwhile");
            }
        }
        else if (member.Role != role)
        {
            await identities.TryChangeRoleAsync(member, role, EntryOf(context, member, AuditAction.RoleChanged, $"{member.Role} → {role}, by single sign-on") with { Actor = AuditActor.SingleSignOnName });
        }

        if (!vouched)
        {
            return await AskForFactorAsync(context, member, CeremonyPurpose.SignIn, refreshToken, returnUrl, session: default);
        }

        return await signIn.TryBeginSessionAsync(context, member, "single sign-on, with a second factor there", refreshToken) ? returnUrl : RefusedBecause(SingleSignOnRefusal.Disabled);
    }

    private async Task<string> ConfirmAsync(HttpContext context, ProviderClaims claims, Member? member, string refreshToken, string returnUrl, SessionId session)
    {
        var signedInAnew = claims.AuthenticatedAt is { } at && (clock.GetUtcNow() - at).Duration() <= s_signedInWithin;
        if (member is null || member.IsDisabled || !signedInAnew)
        {
            await RefuseAsync(context, member, SingleSignOnRefusal.NotConfirmed, "not confirmed");
            return NotConfirmed(returnUrl);
        }

        if (!Options.IsSecondFactor(claims.Methods))
        {
            return await AskForFactorAsync(context, member, CeremonyPurpose.Confirm, refreshToken, returnUrl, session);
        }

        // The store confirms no session but one of this member's.
        if (await sessions.ConfirmAsync(member, session, clock.GetUtcNow(), EntryOf(context, member, AuditAction.IdentityConfirmed, "single sign-on, with a second factor there")) is not { } secret)
        {
            return NotConfirmed(returnUrl);
        }

        PortalCookies.Set(context, PortalCookies.Session, secret);
        await signIn.KeepGrantAsync(secret, refreshToken);
        return returnUrl;
    }

    // A member from before, whom the provider knows by a verified address of theirs. Owners stay apart: they are let in when the provider is not to be trusted.
    private async Task<Member?> TryAdoptAsync(HttpContext context, ProviderClaims claims)
    {
        if (claims.Email is not { } email || !claims.IsEmailVerified
            || await members.FindByEmailAsync(email, context.RequestAborted) is not { IsDisabled: false } member || member.Account != Account || member.Role == MemberRole.Owner)
        {
            return null;
        }

        return await identities.TryBindAsync(member.Id, claims.Identity, EntryOf(context, member, AuditAction.SingleSignOnLinked, "by the verified address")) ? member : null;
    }

    private async Task<string> AskForFactorAsync(HttpContext context, Member member, CeremonyPurpose purpose, string refreshToken, string returnUrl, SessionId session)
    {
        await ceremonies.BeginAsync(context, new Ceremony
        {
            Purpose = purpose,
            ReturnUrl = returnUrl,
            Member = member.Id.Value,
            PasswordHash = member.PasswordHash,
            Session = session.Value,
            RefreshToken = refreshToken,
        });
        return PortalUrls.SignInFactor;
    }

    // By the way that the holder of a link goes, without a password to choose.
    private async Task<string> SetUpFactorAsync(HttpContext context, ProviderClaims claims, EmailAddress email, MemberRole role, string refreshToken)
    {
        var member = NewMember(claims, email);
        var now = clock.GetUtcNow();
        var entry = EntryOf(context, null, AuditAction.MemberInvited, $"{email} as {role}, by single sign-on") with { Actor = AuditActor.SingleSignOnName };
        var link = await identities.CreateLinkAsync(Account, email, role, now + s_linkLasts, entry);
        await ceremonies.BeginAsync(context, new Ceremony
        {
            Purpose = CeremonyPurpose.SetUp,
            Link = link.Reveal(),
            Email = email.Text,
            Name = member.Name,
            PasswordHash = member.Credentials.PasswordHash,
            Handle = member.Handle,
            Seed = Totp.NewSeed(),
            Identity = claims.Identity,
            RefreshToken = refreshToken,
        });
        return PortalUrls.SetUpFactor;
    }

    private static NewMember NewMember(ProviderClaims claims, EmailAddress email) => new()
    {
        Handle = OpaqueSecret.Generate().Reveal(),
        Email = email,
        Name = claims.Name,
        Credentials = new NewCredentials { PasswordHash = Passwords.HashOfNoPassword(), RecoveryCodeHashes = [] },
    };

    private async Task<string> RefuseAsync(HttpContext context, Member? member, SingleSignOnRefusal why, string detail)
    {
        await audit.RecordAsync(EntryOf(context, member, AuditAction.SignInRefused, $"single sign-on: {detail}") with { Succeeded = false });
        return RefusedBecause(why);
    }

    private AuditEntry EntryOf(HttpContext context, Member? member, AuditAction action, string detail)
    {
        var name = member?.Id.Actor ?? AuditActor.NobodyName;
        return new AuditActor(member?.Account ?? Account, name, ClientAddress.Of(context)).Entry(clock.GetUtcNow(), action, name, detail);
    }

    // Who is to be confirmed is signed in: the page has to be told that it is about that.
    private static string NotConfirmed(string returnUrl) =>
        $"{PortalUrls.SignIn}?confirm=true&returnUrl={Uri.EscapeDataString(returnUrl)}&refused={SingleSignOnRefusal.NotConfirmed}";

    private static string RefusedBecause(SingleSignOnRefusal why) => $"{PortalUrls.SignIn}?refused={why}";

    // With a redirect from the provider a browser keeps strict cookies back, also those that were just set; with a page of ours it sends them along.
    private static Task GoAsync(HttpContext context, string address)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Refresh"] = $"0; url={new Uri(s_here, address).PathAndQuery}"; // a header takes ASCII alone
        return context.Response.WriteAsync("<!DOCTYPE html><title>Dojo PCI Portal</title>", context.RequestAborted);
    }

    private static partial class Log
    {
        [LoggerMessage(4302, LogLevel.Warning, "A sign-in at the identity provider failed on its way ({Reason}), from {Address}.")]
        public static partial void Failed(ILogger logger, string reason, IPAddress? address);

        [LoggerMessage(4303, LogLevel.Warning, "What the identity provider answered cannot be used: it names nobody, gives no refresh token (is the scope offline_access allowed?), or came too often.")]
        public static partial void NotUsable(ILogger logger);
    }
}
