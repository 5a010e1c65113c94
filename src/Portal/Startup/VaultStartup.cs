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
        // Whoever takes settings fails where they cannot be read, so nobody is made before that is known.
        Refuse(settings.FindUnreadable());
        if (environment.IsDevelopment())
        {
            services.GetRequiredService<FileRootKeyProvider>().CreateIfMissing();
        }

        Refuse([.. settings.FindFaults(), .. services.GetRequiredService<StartChecks>().FindFaults()]);
        return Task.Run(() => services.GetRequiredService<IVault>().OpenAsync(VaultUse.Serving, CancellationToken.None));
    }

    private static void Refuse(IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new StartRefusedException(faults);
        }
    }
}
