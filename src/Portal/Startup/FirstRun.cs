using Dojo.Pci.Portal.Api;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Startup;

/// <summary>
/// On an empty database makes an account with a location, in development with a sandbox key too; and while the account has no
/// member prints a link that makes its owner, once (DESIGN D24; PCI DSS 2.2.2). What it prints goes to the terminal and not to the
/// log, which may be kept; only hashes are stored, so it cannot be printed again.
/// </summary>
internal sealed class FirstRun(
    IAccountStore accounts, IApiKeyService keys, IMemberStore members, OwnerLinks links, IServer server, IOptions<PortalOptions> portal,
    IHostEnvironment environment, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    private const string FallbackAddress = "http://localhost:5080";
    private string? _firstCall;
    private AccountId _account;

    // Before the server listens, so that nobody finds half of it.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var locations = await accounts.ListLocationsAsync(cancellationToken);
        if (locations.Count > 0)
        {
            _account = locations[0].Account;
        }
        else
        {
            await MakeAccountAsync(cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await HasStartedAsync(stoppingToken))
        {
            return;
        }

        if (_firstCall is not null)
        {
            await Console.Out.WriteLineAsync(_firstCall.Replace(FallbackAddress, ListeningAddress(), StringComparison.Ordinal));
        }

        if (!await members.AnyAsync(_account, stoppingToken))
        {
            var address = portal.Value.PublicAddress is { Length: > 0 } known ? known : ListeningAddress();
            await Console.Out.WriteLineAsync(await links.DescribeAsync(_account, address));
        }
    }

    private async Task MakeAccountAsync(CancellationToken ct)
    {
        var location = environment.IsDevelopment()
            ? await accounts.CreateAsync("Development", "Development", ct)
            : await accounts.CreateAsync("Account", "Location", ct);
        _account = location.Account;
        if (environment.IsDevelopment())
        {
            var tenant = new Tenant(location.Account, location.Id, TenantEnvironment.Sandbox);
            var (_, secret) = await keys.CreateAsync(new NewApiKey(tenant, "First key"), ct);
            _firstCall = FirstCall(secret);
        }
    }

    // The address to print is known once the server listens.
    private async Task<bool> HasStartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onStart = lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        using var onStop = stoppingToken.Register(() => started.TrySetResult(false));
        return await started.Task;
    }

    private static string FirstCall(ApiKeySecret secret) => $$"""

        A new vault. This is its first sandbox key; it is shown this once. Tokenize a test card with it:

        curl {{FallbackAddress}}{{ApiPaths.SetupIntents}} \
          --header 'content-type: application/json' \
          --header 'Authorization: Basic {{secret.Reveal()}}' \
          --header 'version: 2025-09-10' \
          --data '{"cardNumber":"5200000000001005","expiryDate":"12/29","reference":"Booking 4711"}'

        """;

    // An address of every interface is none that a browser could open.
    private string ListeningAddress()
    {
        var first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? FallbackAddress;
        return first.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal);
    }
}
