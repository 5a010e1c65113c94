using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// Gives new access to the member of a reset link: first a new password, then a new second factor, which replace the old ones together. Until
/// then, the old ones and the link remain valid. <see cref="SetUpService"/> does the second step.
/// </summary>
internal sealed class ResetService(
    IMemberResetStore resets, IMemberStore members, Ceremonies ceremonies, PasswordTurns turns, Passwords passwords, SignInLimits limits, TimeProvider clock)
{
    /// <inheritdoc cref="Ceremonies.TryFollowAsync{T}"/>
    public Task<bool> TryFollowAsync(HttpContext context, string? link) => ceremonies.TryFollowAsync(context, link, CeremonyPurpose.ResetLink, FindMemberAsync);

    /// <summary>Finds the member whose access a secret resets; null if the link is no longer valid.</summary>
    public async Task<Member?> FindMemberAsync(string? token, CancellationToken ct) =>
        OpaqueSecret.TryRead(token, out var secret) && await resets.FindAsync(secret, clock.GetUtcNow(), ct) is { } link
            ? await members.FindAsync(link.Member, ct)
            : null;

    /// <summary>Takes the new password, and begins the ceremony for the second factor.</summary>
    /// <returns>Why the password is refused; empty if the ceremony has begun.</returns>
    public async Task<IReadOnlyList<FieldError>> BeginAsync(HttpContext context, string token, Member member, string? password)
    {
        if (!limits.TryTake(context.Connection.RemoteIpAddress))
        {
            return [new FieldError("Password", "Too many tries from this address. Wait a minute.")];
        }

        using var place = turns.Enter(context.Connection.RemoteIpAddress);
        var faults = await passwords.FaultsOfAsync(password ?? "", member.Email, member.Name, member, context.RequestAborted);
        if (faults.Count == 0)
        {
            await ceremonies.BeginAsync(
                context,
                new Ceremony
                {
                    Purpose = CeremonyPurpose.Reset,
                    Link = token,
                    Member = member.Id.Value,
                    Email = member.Email,
                    Name = member.Name,
                    PasswordHash = await passwords.HashAsync(password!, context.RequestAborted),
                    Handle = member.Handle,
                    Seed = Totp.NewSeed(),
                });
        }

        return [.. faults.Select(fault => new FieldError("Password", fault))];
    }
}
