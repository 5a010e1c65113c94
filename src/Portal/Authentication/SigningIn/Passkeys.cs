using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Identity;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// Creates and checks passkeys (WebAuthn) with the framework's handler. A passkey belongs to a domain, which must not come from the
/// sender of the request: it is that of <see cref="PublicAddress"/>, or <c>localhost</c>.
/// </summary>
internal sealed partial class Passkeys(
    IPasskeyHandler<Member> handler, IMemberStore members, PublicAddress address, TimeProvider clock, ILogger<Passkeys> logger)
{
    /// <summary>Whether passkeys work at the address that the browser uses.</summary>
    public bool WorkAt(HttpContext context)
    {
        var host = PublicAddress.NameOf(context.Request.Host.Host);
        return host == DomainAt(address) && !LocalHosts.TryReadAddress(host, out _);
    }

    /// <summary>The domain to which passkeys belong.</summary>
    public static string DomainAt(PublicAddress address) => address.Host.HasValue ? address.Host.Host : "localhost";

    /// <summary>Begins to create a passkey.</summary>
    /// <returns>The options for the browser; the framework's state is put into the ceremony.</returns>
    public async Task<string> BeginMakingAsync(HttpContext context, Ceremony ceremony)
    {
        var options = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = ceremony.Handle!, Name = ceremony.Email!, DisplayName = ceremony.Name! }, context);
        ceremony.PasskeyState = options.AttestationState;
        return options.CreationOptionsJson;
    }

    /// <summary>Returns the passkey that the browser created, or null if it is not valid.</summary>
    public async Task<Passkey?> FinishMakingAsync(HttpContext context, Ceremony ceremony, string? credential)
    {
        if (string.IsNullOrEmpty(credential) || ceremony.PasskeyState is not { } state)
        {
            return null;
        }

        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credential, AttestationState = state });
        if (!result.Succeeded)
        {
            Log.Refused(logger, result.Failure);
            return null;
        }

        var now = clock.GetUtcNow();
        return new Passkey(result.Passkey.CredentialId, $"Passkey of {now:yyyy-MM-dd}", PasskeyData.Write(result.Passkey), now, LastUsedAt: null);
    }

    /// <summary>Begins to use a passkey of a member.</summary>
    /// <returns>The options for the browser; the framework's state is put into the ceremony.</returns>
    public async Task<string> BeginUsingAsync(HttpContext context, Ceremony ceremony, Member member)
    {
        var options = await handler.MakeRequestOptionsAsync(member, context);
        ceremony.PasskeyState = options.AssertionState;
        return options.RequestOptionsJson;
    }

    /// <summary>Whether the browser's signature is valid and made with a passkey of the member.</summary>
    public async Task<bool> TryUseAsync(HttpContext context, Ceremony ceremony, Member member, string? credential)
    {
        if (string.IsNullOrEmpty(credential) || ceremony.PasskeyState is not { } state)
        {
            return false;
        }

        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential, AssertionState = state });
        if (!result.Succeeded || result.User.Id != member.Id)
        {
            Log.Refused(logger, result.Failure);
            return false;
        }

        await members.UpdatePasskeyAsync(member.Id, result.Passkey.CredentialId, PasskeyData.Write(result.Passkey), clock.GetUtcNow());
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(4202, LogLevel.Warning, "A passkey was not accepted.")]
        public static partial void Refused(ILogger logger, Exception? failure);
    }
}
