using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Authentication.SingleSignOn;

/// <summary>
/// Asks the provider regularly whether signed-in members still have access, and ends the sessions of those who do not. While the provider cannot be
/// asked, a session continues for a limited time and then ends too: blocking the provider must not keep anybody signed in. Of several nodes only one
/// asks, because a refresh token may be valid for one use only.
/// </summary>
internal sealed partial class ProviderRefresh(
    IProviderIdentityStore store, ILeases leases, ISessionStore sessions, ProviderClient provider, RefreshTokens tokens, IOptions<SingleSignOnOptions> settings, TimeProvider clock, ILogger<ProviderRefresh> logger)
    : BackgroundService
{
    private const int AtOnce = 50;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_withoutAnswer = TimeSpan.FromMinutes(15);

    /// <summary>Asks about every session that is due.</summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        foreach (var grant in await store.ListDueAsync(clock.GetUtcNow(), AtOnce))
        {
            ct.ThrowIfCancellationRequested();
            await RefreshAsync(grant, ct);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pause, clock);
        try
        {
            do
            {
                try
                {
                    await leases.TryRunAsync(nameof(ProviderRefresh), RunOnceAsync, stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    Log.Failed(logger, exception);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task RefreshAsync(ProviderGrant grant, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (tokens.TryOpen(grant.SealedRefreshToken) is not { } token)
        {
            await EndAsync(grant, now, "what the provider gave for the session was changed");
            return;
        }

        switch (await provider.AskAsync(grant.Identity.Subject, token, ct))
        {
            case null when now - grant.RefreshAt > s_withoutAnswer:
                await EndAsync(grant, now, "the provider did not answer");
                break;
            case null:
                break; // the next attempt follows in a second
            case { IsRefused: true }:
                await EndAsync(grant, now, "the provider no longer gives the member access");
                break;
            case { } answer when settings.Value.RoleOf(answer.Groups) is null:
                await EndAsync(grant, now, "the member is in no group with a role");
                break;
            case { } answer:
                await store.RenewGrantAsync(grant.Session, answer.RefreshToken is { } next ? tokens.Seal(next) : grant.SealedRefreshToken, now + settings.Value.RefreshInterval);
                if (settings.Value.RoleOf(answer.Groups) is { } given && given != grant.Member.Role)
                {
                    await store.TryChangeRoleAsync(grant.Member, given, Entry(grant, now, AuditAction.RoleChanged, $"{grant.Member.Role} → {given}"));
                }

                break;
        }
    }

    private Task EndAsync(ProviderGrant grant, DateTimeOffset now, string why) =>
        sessions.EndAsync(grant.Member.Id, grant.Session, now, Entry(grant, now, AuditAction.SignedOut, $"single sign-on: {why}"));

    private static AuditEntry Entry(ProviderGrant grant, DateTimeOffset now, AuditAction action, string detail) =>
        new AuditActor(grant.Member.Account, AuditActor.SingleSignOnName).Entry(now, action, grant.Member.Id.Actor, detail);

    private static partial class Log
    {
        [LoggerMessage(4301, LogLevel.Error, "The identity provider could not be asked about sessions, because of a fault in this service. It will be asked again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}

/// <summary>Seals refresh tokens, with which anyone could call the provider in a member's name.</summary>
internal sealed class RefreshTokens(IPortalSecrets secrets)
{
    private const string SealedAs = "refresh token";

    public byte[] Seal(string token) => secrets.Seal(SealedAs, Encoding.UTF8.GetBytes(token));

    /// <summary>Opens a sealed token; null if it was changed.</summary>
    public string? TryOpen(byte[] sealedToken)
    {
        try
        {
            return Encoding.UTF8.GetString(secrets.Open(SealedAs, sealedToken));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
