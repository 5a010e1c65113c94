using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Velocity;

namespace Dojo.Pci.Bench.Filling;

/// <summary>A vault in this process, to fill, to read, and to inspect after a service was killed.</summary>
internal sealed class BenchVault : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _loops = [];

    private BenchVault(VaultHome home, TimeProvider clock) => _services = new ServiceCollection()
        .AddSingleton(clock)
        .AddLogging()
        .AddTokenization()
        .Configure<VaultOptions>(options => options.KeyDirectory = home.Keys)
        .Configure<StorageOptions>(options =>
        {
            options.DataDirectory = home.Data;
            if (home.Postgres is { } target)
            {
                (options.Provider, options.ConnectionString) = (StorageProvider.Postgres, target);
            }
        })
        .Configure<VelocityOptions>(options => options.Enabled = false) // months of cards arrive within a minute
        .BuildServiceProvider();

    /// <summary>Opens a vault, and creates it where there is none.</summary>
    /// <param name="home">The directory of the vault.</param>
    /// <param name="clock">The vault's clock.</param>
    /// <param name="use">Whether it writes as a service does, including the background writers, or only reads next to one.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<BenchVault> OpenAsync(VaultHome home, TimeProvider clock, VaultUse use, CancellationToken ct)
    {
        var vault = new BenchVault(home, clock);
        vault.Get<FileRootKeyProvider>().CreateIfMissing();
        await vault.Get<IVault>().OpenAsync(use, ct);
        foreach (var loop in use == VaultUse.Serving ? vault._services.GetServices<IHostedService>() : [])
        {
            await loop.StartAsync(ct);
            vault._loops.Add(loop);
        }

        return vault;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Returns that many locations, each in an account of its own, and creates the missing ones.</summary>
    public async Task<IReadOnlyList<Location>> GetLocationsAsync(int count, CancellationToken ct)
    {
        var accounts = Get<IAccountStore>();
        for (var made = (await accounts.ListLocationsAsync(ct)).Count; made < count; made++)
        {
            await accounts.CreateAsync($"Account {made + 1}", "Riverside", ct);
        }

        return [.. (await accounts.ListLocationsAsync(ct)).Take(count)];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var loop in Enumerable.Reverse(_loops))
        {
            await loop.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }
}
