using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>The vault as a host has it: every service through the one door, on a directory of its own, opened.</summary>
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

    /// <summary>A vault on a directory of its own, or on one that outlives it.</summary>
    /// <param name="directory">Null for a fresh one that is deleted with the vault.</param>
    /// <param name="clock">Null for one that stands still.</param>
    /// <param name="replace">Services to use instead of the real ones.</param>
    /// <param name="use">What it is opened for.</param>
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

    /// <summary>A location of an account of its own.</summary>
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
