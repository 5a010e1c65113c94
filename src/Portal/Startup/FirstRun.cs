using Dojo.Pci.Portal.Api;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Dojo.Pci.Portal.Startup;

/// <summary>
/// In development, on an empty database: makes an account with a location and a sandbox key, and prints a first call that
/// works when pasted (DESIGN D24). It goes to the terminal and not to the log, which may be kept; only the hash of the key is
/// stored, so it cannot be printed again.
/// </summary>
internal sealed class FirstRun(IAccountStore accounts, IApiKeyService keys, IServer server, IHostEnvironment environment, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    private const string FallbackAddress = "http://localhost:5080";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!environment.IsDevelopment() || !await HasStartedAsync(stoppingToken) || await accounts.AnyAsync(stoppingToken))
        {
            return;
        }

        var location = await accounts.CreateAsync("Development", "Development", stoppingToken);
        var tenant = new Tenant(location.Account, location.Id, TenantEnvironment.Sandbox);
        var (_, secret) = await keys.CreateAsync(new NewApiKey(tenant, "First key"), stoppingToken);
        await Console.Out.WriteLineAsync(FirstCall(secret));
    }

    // The address to print is known once the server listens.
    private async Task<bool> HasStartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onStart = lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        using var onStop = stoppingToken.Register(() => started.TrySetResult(false));
        return await started.Task;
    }

    private string FirstCall(ApiKeySecret secret) => $$"""

        A new vault. This is its first sandbox key; it is shown this once. Tokenize a test card with it:

        curl {{Address()}}{{ApiPaths.SetupIntents}} \
          --header 'content-type: application/json' \
          --header 'Authorization: Basic {{secret.Reveal()}}' \
          --header 'version: 2025-09-10' \
          --data '{"cardNumber":"5200000000001005","expiryDate":"12/29","reference":"Booking 4711"}'

        """;

    private string Address()
    {
        var first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? FallbackAddress;
        return first.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal);
    }
}
