using Dojo.Pci.Portal.Authentication.SingleSignOn;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Storage;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Startup;

/// <summary>Opens the vault before the server listens, or refuses to start with every reason at once.</summary>
internal sealed partial class VaultStartup(IServiceProvider services, SettingChecks settings, IOptions<SingleSignOnOptions> singleSignOn, IHostEnvironment environment, TimeProvider clock, ILogger<VaultStartup> logger)
{
    /// <summary>Checks the settings at once, then opens the vault in parallel with what the caller does until it awaits the result.</summary>
    /// <exception cref="StartRefusedException">The service must not start with this configuration.</exception>
    public Task OpenAsync()
    {
        var faults = settings.FindFaults();
        if (faults.Count == 0 && environment.IsDevelopment())
        {
            services.GetRequiredService<FileRootKeyProvider>().CreateIfMissing();
        }

        Refuse([.. faults, .. services.GetRequiredService<StartChecks>().FindFaults()]);
        if (environment.IsDevelopment())
        {
            foreach (var fault in services.GetRequiredService<StartChecks>().FindUnsafePaths())
            {
                Log.UnsafePath(logger, fault);
            }
        }

        return Task.Run(OpenVaultAsync);
    }

    private async Task OpenVaultAsync()
    {
        await services.GetRequiredService<IVault>().OpenAsync(VaultUse.Serving, CancellationToken.None);
        await RefuseUnknownAccountAsync();
        if (environment.IsDevelopment() && await CountWorkingProductionKeysAsync() is var keys and > 0)
        {
            throw new StartRefusedException(
                $"This is Development, and the database {services.GetRequiredService<IOptions<StorageOptions>>().Value.DatabaseName} holds {keys} working API keys for production. Real cards need the checks of Production. "
                + "Start with ASPNETCORE_ENVIRONMENT=Production, or revoke the keys (api-keys list, api-keys revoke).");
        }
    }

    // Before the first start has created an account, there is nothing to check.
    private async Task RefuseUnknownAccountAsync()
    {
        var account = new AccountId(singleSignOn.Value.Account);
        var locations = singleSignOn.Value.IsOn ? await services.GetRequiredService<IAccountStore>().ListLocationsAsync(CancellationToken.None) : [];
        if (locations.Count > 0 && !locations.Any(location => location.Account == account))
        {
            throw new StartRefusedException($"SingleSignOn:Account is {account.Value}, but there is no account with that number. The accounts are: {string.Join(", ", locations.Select(location => location.Account.Value).Distinct())}.");
        }
    }

    private async Task<int> CountWorkingProductionKeysAsync()
    {
        var (now, count) = (clock.GetUtcNow(), 0);
        foreach (var location in await services.GetRequiredService<IAccountStore>().ListLocationsAsync(CancellationToken.None))
        {
            var keys = await services.GetRequiredService<IApiKeyService>().ListAsync(location, CancellationToken.None);
            count += keys.Count(key => key.Tenant.Environment == TenantEnvironment.Production && key.IsLiveAt(now));
        }

        return count;
    }

    private static void Refuse(IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new StartRefusedException(faults);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1511, LogLevel.Warning, "Production would refuse to start: {Fault}")]
        public static partial void UnsafePath(ILogger logger, string fault);
    }
}
