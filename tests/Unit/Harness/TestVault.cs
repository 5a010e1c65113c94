using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>The vault as a host uses it: all services, registered through the public entry point, on its own directory, opened.</summary>
internal sealed class TestVault : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly bool _ownsDirectory;

    private TestVault(VaultDirectory directory, bool ownsDirectory, TimeProvider clock, Action<IServiceCollection>? replace)
    {
        (Directory, _ownsDirectory) = (directory, ownsDirectory);
        var services = new ServiceCollection();
        services.AddSingleton(clock);
        replace?.Invoke(services);
        services.AddLogging();
        services.AddTokenization();
        services.Configure<VaultOptions>(options => options.KeyDirectory = directory.Keys);
        services.Configure<StorageOptions>(directory.Database.Configure);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public VaultDirectory Directory { get; }

    /// <summary>Opens a vault on its own directory, or on one that outlives it.</summary>
    /// <param name="directory">Null for a fresh one that is deleted with the vault.</param>
    /// <param name="clock">The clock; null for one that stands still.</param>
    /// <param name="replace">Services to use instead of the real ones.</param>
    /// <param name="use">The use that it is opened for.</param>
    public static async Task<TestVault> OpenAsync(
        VaultDirectory? directory = null, TimeProvider? clock = null, Action<IServiceCollection>? replace = null, VaultUse use = VaultUse.Serving)
    {
        var vault = new TestVault(directory ?? new VaultDirectory(), directory is null, clock ?? Clocks.New(), replace);
        try
        {
            await vault.Get<IVault>().OpenAsync(use, TestContext.Current.CancellationToken);
            return vault;
        }
        catch
        {
            await vault.DisposeAsync();
            throw;
        }
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Creates a location in a new account.</summary>
    public async Task<Tenant> NewTenantAsync(TenantEnvironment environment = TenantEnvironment.Sandbox)
    {
        var location = await Get<IAccountStore>().CreateAsync("Account", "Location", TestContext.Current.CancellationToken);
        return new Tenant(location.Account, location.Id, environment);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_ownsDirectory)
        {
            Directory.Dispose();
        }
    }
}
