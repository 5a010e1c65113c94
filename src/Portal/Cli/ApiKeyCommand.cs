using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Portal.Cli;

/// <summary>
/// <c>api-keys create sandbox|production</c>: makes a key and prints it once, also while the service runs. The first key of a
/// vault makes its account and location.
/// </summary>
internal static class ApiKeyCommand
{
    public const string Verb = "api-keys";

    private const string Usage = "usage: api-keys create sandbox|production";

    public static async Task<int> RunAsync(IServiceProvider services, IReadOnlyList<string> arguments)
    {
        if (arguments is not ["create", { } environmentName, ..] || !Enum.TryParse<TenantEnvironment>(environmentName, ignoreCase: true, out var environment))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        var ct = CancellationToken.None;
        await services.GetRequiredService<IVault>().OpenAsync(VaultUse.Administration, ct);
        var accounts = services.GetRequiredService<IAccountStore>();
        var locations = await accounts.ListLocationsAsync(ct);
        var location = locations.Count > 0 ? locations[0] : await accounts.CreateAsync("Account", "Location", ct);
        var tenant = new Tenant(location.Account, location.Id, environment);
        var (_, secret) = await services.GetRequiredService<IApiKeyService>().CreateAsync(new NewApiKey(tenant, "Made on the command line"), ct);
        await Console.Out.WriteLineAsync(secret.Reveal());
        return 0;
    }
}
