using Dojo.Pci.Bench.Filling;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Bench.Servers;

/// <summary>API keys to load a server with.</summary>
/// <param name="Production">One production key for each location.</param>
/// <param name="Sandbox">One sandbox key for each location.</param>
internal sealed record ServerKeys(IReadOnlyList<string> Production, IReadOnlyList<string> Sandbox)
{
    /// <summary>No keys.</summary>
    public static ServerKeys None { get; } = new([], []);

    /// <summary>Creates keys for the given number of locations of a vault, and the locations that are missing.</summary>
    /// <param name="home">The vault.</param>
    /// <param name="locations">The number of locations.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="withProduction">Whether to create production keys too: a server in development refuses to start when any exist.</param>
    public static async Task<ServerKeys> MakeAsync(VaultHome home, int locations, CancellationToken ct, bool withProduction = true)
    {
        await using var vault = await BenchVault.OpenAsync(home, TimeProvider.System, VaultUse.Administration, ct);
        var all = await vault.GetLocationsAsync(locations, ct);
        var service = vault.Get<IApiKeyService>();
        return new ServerKeys(withProduction ? await MakeAsync(TenantEnvironment.Production) : [], await MakeAsync(TenantEnvironment.Sandbox));

        async Task<IReadOnlyList<string>> MakeAsync(TenantEnvironment environment)
        {
            var keys = new List<string>();
            foreach (var location in all)
            {
                var key = new NewApiKey(new Tenant(location.Account, location.Id, environment), "Bench");
                keys.Add((await service.CreateAsync(key, ct)).Secret.Reveal());
            }

            return keys;
        }
    }
}
