using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Vault;

namespace Dojo.Pci.Portal.Startup;

/// <summary>Opens the vault before the server listens, or refuses to start with every reason at once.</summary>
internal sealed class VaultStartup(IServiceProvider services, SettingChecks settings, IHostEnvironment environment)
{
    /// <summary>Checks the settings at once, then opens the vault, beside whatever the caller does until it awaits it.</summary>
    /// <exception cref="StartRefusedException">The service must not start as it is set up.</exception>
    public Task OpenAsync()
    {
        var faults = settings.FindFaults();
        if (faults.Count == 0 && environment.IsDevelopment())
        {
            services.GetRequiredService<FileRootKeyProvider>().CreateIfMissing();
        }

        Refuse([.. faults, .. FurtherFaults(hasOthers: faults.Count > 0)]);
        return Task.Run(() => services.GetRequiredService<IVault>().OpenAsync(VaultUse.Serving, CancellationToken.None));
    }

    // What asks for settings throws where one cannot be read, which is among the faults then.
    private IReadOnlyList<string> FurtherFaults(bool hasOthers)
    {
        try
        {
            return services.GetRequiredService<StartChecks>().FindFaults();
        }
        catch (InvalidOperationException) when (hasOthers)
        {
            return [];
        }
    }

    private static void Refuse(IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new StartRefusedException(faults);
        }
    }
}
