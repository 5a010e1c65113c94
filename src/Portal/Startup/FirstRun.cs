using Dojo.Pci.Portal.Api;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Nodes;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;

namespace Dojo.Pci.Portal.Startup;

/// <summary>
/// Creates an account with a location in an empty database, in development also a sandbox key. While the account has no member, prints a
/// link that creates its owner, once (DESIGN D24; PCI DSS 2.2.2). It prints to the terminal and not to the log, which may be kept; only
/// hashes are stored, so nothing can be printed again.
/// </summary>
internal sealed class FirstRun(
    IAccountStore accounts, IApiKeyService keys, IMemberStore members, ILeases leases, OwnerLinks links, IServer server, ServedAddress served,
    IHostEnvironment environment, IHostApplicationLifetime lifetime, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan s_untilOtherNodeHasMadeIt = TimeSpan.FromMilliseconds(100);

    private ApiKeySecret? _firstKey;
    private AccountId _account;

    // Runs before the server listens, so that no request finds the account half-made.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        while (!await HasAccountAsync(cancellationToken) && !await leases.TryRunAsync(nameof(FirstRun), MakeAccountUnlessThereAsync, cancellationToken))
        {
            await Task.Delay(s_untilOtherNodeHasMadeIt, clock, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await HasStartedAsync(stoppingToken))
        {
            return;
        }

        served.Note(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        if (_firstKey is not null)
        {
            await Console.Out.WriteLineAsync(FirstCall(_firstKey));
        }

        // Each link replaces the previous one, so only one node prints a link.
        await leases.TryRunAsync(nameof(FirstRun), PrintOwnerLinkAsync, stoppingToken);
    }

    private async Task PrintOwnerLinkAsync(CancellationToken ct)
    {
        if (!await members.AnyAsync(_account, ct))
        {
            await Console.Out.WriteLineAsync(await links.DescribeAsync(_account, served.Current));
        }
    }

    private async Task<bool> HasAccountAsync(CancellationToken ct)
    {
        if (await accounts.ListLocationsAsync(ct) is not [var first, ..])
        {
            return false;
        }

        _account = first.Account;
        return true;
    }

    // Of several nodes that start together on an empty database, only one creates the account.
    private async Task MakeAccountUnlessThereAsync(CancellationToken ct)
    {
        if (await HasAccountAsync(ct))
        {
            return;
        }

        var location = await accounts.CreateAsync(DefaultNames.Account, DefaultNames.Location, ct);
        _account = location.Account;
        if (environment.IsDevelopment())
        {
            var tenant = new Tenant(location.Account, location.Id, TenantEnvironment.Sandbox);
            (_, _firstKey) = await keys.CreateAsync(new NewApiKey(tenant, "First key"), ct);
        }
    }

    // The address to print is known only once the server listens.
    private async Task<bool> HasStartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onStart = lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        using var onStop = stoppingToken.Register(() => started.TrySetResult(false));
        return await started.Task;
    }

    private string FirstCall(ApiKeySecret secret) => $$"""

        This is a new vault. Here is its first sandbox key, which is shown only once. Tokenize a test card with it:

        curl {{served.Current}}{{ApiPaths.SetupIntents}} \
          --header 'content-type: application/json' \
          --header 'Authorization: Basic {{secret.Reveal()}}' \
          --header 'version: {{PublishedVersion.Newest}}' \
          --data '{"cardNumber":"5200000000001005","expiryDate":"12/29","reference":"Booking 4711"}'

        """;
}
