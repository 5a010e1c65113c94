using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// Creates the member of an invitation link: asks for name, email address and password, and then for a second factor. The member is created only when all
/// of them are given, and the link remains valid until then. Reset links end here too, because they set up the second factor in the same way.
/// </summary>
internal sealed class SetUpService(
    IMemberLinkStore links, Ceremonies ceremonies, PasswordTurns turns, Passwords passwords, Totp totp, Passkeys passkeys, SignInService signIn, SignInLimits limits,
    IMemberResetStore resets, IProviderIdentityStore identities, TimeProvider clock)
{
    private const int TriesForCode = 10;

    /// <inheritdoc cref="Ceremonies.TryFollowAsync{T}"/>
    public Task<bool> TryFollowAsync(HttpContext context, string? link) => ceremonies.TryFollowAsync(context, link, CeremonyPurpose.Link, FindLinkAsync);

    /// <summary>Finds the link that a secret opens; null if it may no longer be used.</summary>
    public Task<MemberLink?> FindLinkAsync(string? secret, CancellationToken ct) =>
        OpaqueSecret.TryRead(secret, out var read) ? links.FindAsync(read, clock.GetUtcNow(), ct) : Task.FromResult<MemberLink?>(null);

    /// <summary>The clock error of a refused code; null if a wrong clock is not the reason.</summary>
    public ClockError? ClockErrorOf(Ceremony ceremony, string? code) => totp.ClockErrorOf(ceremony.Seed, code);

    /// <summary>Takes name, email address and password, and begins the ceremony for the second factor.</summary>
    /// <returns>Every fault of the input; none if the ceremony has begun.</returns>
    public async Task<IReadOnlyList<FieldError>> BeginAsync(HttpContext context, string secret, MemberLink link, string? name, string? email, string? password)
    {
        if (!limits.TryTake(context.Connection.RemoteIpAddress))
        {
            return [new FieldError("Password", "Too many tries from this address. Wait a minute.")];
        }

        var errors = new List<FieldError>();
        var validated = NameRules.Validate(name);
        if (validated.Refusal is Refusal.Invalid invalid)
        {
            errors.AddRange(invalid.Errors);
        }

        if (!EmailAddress.TryParse(link.Email ?? email, out var address))
        {
            errors.Add(new FieldError("Email", "This is not an e-mail address."));
        }

        using var place = turns.Enter(context.Connection.RemoteIpAddress);
        foreach (var fault in await passwords.FaultsOfAsync(password ?? "", link.Email ?? email ?? "", validated.Value ?? "", member: null, context.RequestAborted))
        {
            errors.Add(new FieldError("Password", fault));
        }

        if (errors.Count == 0)
        {
            await ceremonies.BeginAsync(
                context,
                new Ceremony
                {
                    Purpose = CeremonyPurpose.SetUp,
                    Link = secret,
                    Email = address.Text,
                    Name = validated.Value!,
                    PasswordHash = await passwords.HashAsync(password!, context.RequestAborted),
                    Handle = OpaqueSecret.Generate().Reveal(),
                    Seed = Totp.NewSeed(),
                });
        }

        return errors;
    }

    /// <summary>Creates the member, or gives an existing one new access, with an authenticator app, if the code shows that the app has the seed.</summary>
    /// <returns>The recovery codes, which are shown only this once; null if the code is wrong or it is too late.</returns>
    public async Task<IReadOnlyList<string>?> FinishWithCodeAsync(HttpContext context, Ceremony ceremony, string? code)
    {
        if (ceremony.Tries >= TriesForCode || totp.StepOf(ceremony.Seed, code) is not { } step)
        {
            ceremony.Tries++;
            await ceremonies.SaveAsync(context, ceremony);
            return null;
        }

        return await FinishAsync(context, ceremony, totp.Seal(ceremony.Handle!, ceremony.Seed), step, passkey: null);
    }

    /// <summary>Creates the member, or gives an existing one new access, with a passkey.</summary>
    /// <returns>The recovery codes, which are shown only this once; null if there is no valid passkey or it is too late.</returns>
    public async Task<IReadOnlyList<string>?> FinishWithPasskeyAsync(HttpContext context, Ceremony ceremony, string? credential) =>
        await passkeys.FinishMakingAsync(context, ceremony, credential) is { } passkey
            ? await FinishAsync(context, ceremony, totpSeed: null, step: 0, passkey)
            : null;

    private async Task<IReadOnlyList<string>?> FinishAsync(HttpContext context, Ceremony ceremony, byte[]? totpSeed, long step, Passkey? passkey)
    {
        var codes = RecoveryCodes.Generate();
        var credentials = new NewCredentials
        {
            PasswordHash = ceremony.PasswordHash!,
            TotpSeed = totpSeed,
            TotpStep = step,
            Passkey = passkey,
            RecoveryCodeHashes = [.. codes.Select(RecoveryCodes.HashOf)],
        };

        // The store fills in the account and the member's id.
        var isReset = ceremony.Purpose == CeremonyPurpose.Reset;
        var entry = new AuditActor(default, "", ClientAddress.Of(context)).Entry(
            clock.GetUtcNow(),
            isReset ? AuditAction.AccessReset : AuditAction.MemberJoined,
            subject: "",
            passkey is null ? "with an authenticator app" : "with a passkey");
        if (!await ceremonies.TryEndAsync(context)
            || !OpaqueSecret.TryRead(ceremony.Link, out var link)
            || (isReset ? await resets.TryCompleteAsync(link, credentials, entry.At, entry) : await TryJoinAsync(link, ceremony, credentials, entry)) is not { } member)
        {
            return null;
        }

        if (ceremony.Identity is { } identity)
        {
            // If the identity has meanwhile been bound to another member, the new member has still joined, and is told so at the next sign-in.
            var linked = AuditActor.Member(member.Account, member.Id, entry.Address).Entry(entry.At, AuditAction.SingleSignOnLinked, member.Id.Actor, "at the set-up");
            await identities.TryBindAsync(member.Id, identity, linked);
        }

        await signIn.TryBeginSessionAsync(context, member, isReset ? "reset link" : ceremony.Identity is null ? "set-up" : "single sign-on and set-up", ceremony.RefreshToken);
        return codes;
    }

    private async Task<Member?> TryJoinAsync(OpaqueSecret link, Ceremony ceremony, NewCredentials credentials, AuditEntry entry) =>
        EmailAddress.TryParse(ceremony.Email, out var email)
            ? await links.TryCreateMemberAsync(link, new NewMember { Handle = ceremony.Handle!, Email = email, Name = ceremony.Name!, Credentials = credentials }, entry.At, entry)
            : null;
}
