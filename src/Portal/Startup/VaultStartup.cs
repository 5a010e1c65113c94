using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Vault;

namespace Dojo.Pci.Portal.Startup;

/// <summary>Opens the vault before the server listens, or refuses to start with every reason at once.</summary>
internal sealed class VaultStartup(IVault vault, FileRootKeyProvider rootKey, StartChecks checks, IHostEnvironment environment)
{
    /// <exception cref="StartRefusedException">The service must not start as it is set up.</exception>
    public async Task OpenAsync()
    {
        if (environment.IsDevelopment())
        {
            rootKey.CreateIfMissing();
        }

        var faults = checks.FindFaults();
        if (faults.Count > 0)
        {
            throw new StartRefusedException(faults);
        }

        await vault.OpenAsync(VaultUse.Serving, CancellationToken.None);
    }
}
