using System.Text.Json;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>Keeps ceremonies from one page to the next.</summary>
internal sealed class Ceremonies(IPortalKeyStore store, IPortalSecrets secrets, TimeProvider clock)
{
    private const string SealedAs = "ceremony";
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15);

    public async Task BeginAsync(HttpContext context, Ceremony ceremony)
    {
        // A browser has one ceremony at a time.
        var now = clock.GetUtcNow();
        if (SecretOf(context) is { } former)
        {
            await store.TryEndCeremonyAsync(former, now);
        }

        var secret = OpaqueSecret.Generate();
        await store.AddCeremonyAsync(secret, Seal(ceremony), now, now + s_longest);
        PortalCookies.Set(context, PortalCookies.Ceremony, secret);
    }

    /// <summary>
    /// Exchanges the secret of a link, or the whole link, for a ceremony, so that no address contains the secret from then on. The link remains valid.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="link">The secret or the link, as it was sent.</param>
    /// <param name="purpose">The purpose of the ceremony.</param>
    /// <param name="find">Finds what a secret opens; null if it opens nothing, or no longer.</param>
    /// <returns>False if there is no such link, or it may no longer be used.</returns>
    public async Task<bool> TryFollowAsync<T>(HttpContext context, string? link, CeremonyPurpose purpose, Func<string?, CancellationToken, Task<T?>> find)
        where T : class
    {
        var secret = LinkSecret.In(link);
        if (await find(secret, context.RequestAborted) is null)
        {
            return false;
        }

        await BeginAsync(context, new Ceremony { Purpose = purpose, Link = secret });
        return true;
    }

    /// <summary>Finds the browser's ceremony if it has one of the purposes, otherwise null.</summary>
    public async Task<Ceremony?> FindAsync(HttpContext context, params CeremonyPurpose[] purposes)
    {
        var state = SecretOf(context) is { } secret ? await store.FindCeremonyAsync(secret, clock.GetUtcNow(), context.RequestAborted) : null;
        var ceremony = state is null ? null : JsonSerializer.Deserialize(secrets.Open(SealedAs, state), CeremonyJson.Default.Ceremony);
        return ceremony is not null && purposes.Contains(ceremony.Purpose) ? ceremony : null;
    }

    public Task SaveAsync(HttpContext context, Ceremony ceremony) =>
        SecretOf(context) is { } secret ? store.UpdateCeremonyAsync(secret, Seal(ceremony), clock.GetUtcNow()) : Task.CompletedTask;

    /// <summary>Ends the ceremony. Of two requests that both complete it, only one gets true.</summary>
    public async Task<bool> TryEndAsync(HttpContext context)
    {
        PortalCookies.Clear(context, PortalCookies.Ceremony);
        return SecretOf(context) is { } secret && await store.TryEndCeremonyAsync(secret, clock.GetUtcNow());
    }

    private static OpaqueSecret? SecretOf(HttpContext context) => OpaqueSecret.TryRead(context.Request.Cookies[PortalCookies.Ceremony], out var secret) ? secret : null;

    private byte[] Seal(Ceremony ceremony) => secrets.Seal(SealedAs, JsonSerializer.SerializeToUtf8Bytes(ceremony, CeremonyJson.Default.Ceremony));
}
