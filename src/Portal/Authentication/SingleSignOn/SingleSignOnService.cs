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

/// <summary>Why a person who came from the provider was refused; a parameter in the address of the sign-in page.</summary>
internal enum SingleSignOnRefusal
{
    /// <summary>The provider, or the exchange with it, failed.</summary>
    Failed,

    /// <summary>The person is in no group with a role here.</summary>
    NoRole,

    /// <summary>The email address is missing, or belongs to a member whom the provider may not vouch for.</summary>
    Address,

    /// <summary>The member was disabled.</summary>
    Disabled,

    /// <summary>The identity was not confirmed: another member signed in, or the sign-in was not recent.</summary>
    NotConfirmed,
}

/// <summary>
/// Handles a person whom the provider has authenticated: begins a session if the provider vouches for both factors, otherwise asks for the portal's
/// second factor first. A person in a group with a role becomes a member at the first sign-in.
/// </summary>
internal sealed partial class SingleSignOnService(
    IProviderIdentityStore identities, IMemberStore members, ISessionStore sessions, SignInService signIn, Ceremonies ceremonies, SignInLimits limits,
    IAuditLog audit, IOptions<SingleSignOnOptions> settings, TimeProvider clock, ILogger<SingleSignOnService> logger)
{
    private static readonly Uri s_here = new("http://localhost");
    private static readonly TimeSpan s_linkLasts = TimeSpan.FromMinutes(15);

    // Allows for differences between the provider's clock and ours, and for the time that the person takes to type.
    private static readonly TimeSpan s_signedInWithin = TimeSpan.FromMinutes(5);

    private SingleSignOnOptions Options => settings.Value;

    private AccountId Account => new(Options.Account);

    /// <summary>Takes the provider's claims about a person, and answers with a redirect to the next page.</summary>
    /// <param name="context">The request with which the person came back.</param>
    /// <param name="principal">The provider's verified claims.</param>
    /// <param name="properties">The state that was sent along, and the tokens.</param>
    /// <param name="returnUrl">The address to go to afterwards.</param>
    public async Task ReceiveAsync(HttpContext context, ClaimsPrincipal principal, AuthenticationProperties properties, string? returnUrl)
    {
        if (!limits.TryTake(context.Connection.RemoteIpAddress)
            || ProviderClaims.Read(principal, Options.GroupsClaim) is not { } claims
            || properties.GetTokenValue("refresh_token") is not { Length: > 0 } refreshToken)
        {
            // Without a refresh token the portal would not notice that the provider has withdrawn the person's access.
            Log.NotUsable(logger);
            await GoAsync(context, RefusedBecause(SingleSignOnRefusal.Failed));
            return;
        }

        var confirmed = properties.Items.TryGetValue(SingleSignOnExtensions.ConfirmedSession, out var session) && long.TryParse(session, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new SessionId(id)
            : default;
        await GoAsync(context, await DecideAsync(context, claims, refreshToken, LocalAddress.Of(returnUrl), confirmed));
    }

    /// <summary>Answers a person whose exchange with the provider failed. The answer does not repeat what the provider wrote.</summary>
    public Task FailAsync(HttpContext context, Exception? failure)
    {
        return GoAsync(context, NoteFailure(context, failure));
    }

    /// <summary>Logs that the exchange with the provider failed.</summary>
    /// <returns>The address of the sign-in page, which says so and offers the other way to sign in.</returns>
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
                return await RefuseAsync(context, member: null, SingleSignOnRefusal.Address, "somebody else has taken the address meanwhile");
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

        // The store confirms only a session of this member.
        if (await sessions.ConfirmAsync(member, session, clock.GetUtcNow(), EntryOf(context, member, AuditAction.IdentityConfirmed, "single sign-on, with a second factor there")) is not { } secret)
        {
            return NotConfirmed(returnUrl);
        }

        PortalCookies.Set(context, PortalCookies.Session, secret);
        await signIn.KeepGrantAsync(secret, refreshToken);
        return returnUrl;
    }

    // Binds an existing member by the email address that the provider has verified. Owners are never bound: they must be able to sign in when the provider
    // cannot be trusted.
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

    // Takes the same steps as for the holder of a link, without choosing a password.
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

    // A member who confirms their identity is already signed in, so the address tells the page that this is a confirmation.
    private static string NotConfirmed(string returnUrl) =>
        $"{PortalUrls.SignIn}?confirm=true&returnUrl={Uri.EscapeDataString(returnUrl)}&refused={SingleSignOnRefusal.NotConfirmed}";

    private static string RefusedBecause(SingleSignOnRefusal why) => $"{PortalUrls.SignIn}?refused={why}";

    // After a redirect from the provider, browsers withhold strict cookies, even those that were just set. After a page of ours, they send them.
    private static Task GoAsync(HttpContext context, string address)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Refresh"] = $"0; url={new Uri(s_here, address).PathAndQuery}"; // escapes the address, because headers are ASCII only
        return context.Response.WriteAsync("<!DOCTYPE html><title>Dojo PCI Portal</title>", context.RequestAborted);
    }

    private static partial class Log
    {
        [LoggerMessage(4302, LogLevel.Warning, "A sign-in through the identity provider, from {Address}, failed ({Reason}).")]
        public static partial void Failed(ILogger logger, string reason, IPAddress? address);

        [LoggerMessage(4303, LogLevel.Warning, "The identity provider's answer cannot be used: it names nobody, has no refresh token (is the scope offline_access allowed?), or too many came from the same address.")]
        public static partial void NotUsable(ILogger logger);
    }
}
