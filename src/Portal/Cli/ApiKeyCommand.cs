using System.CommandLine;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Portal.Cli;

/// <summary>
/// <c>api-keys</c>: creates, lists and revokes keys, even while the service runs. A new key is printed once; the first key of a vault
/// also creates its account and location. The service refuses a revoked key within 5 seconds.
/// </summary>
internal static class ApiKeyCommand
{
    private const string Sandbox = "sandbox";
    private const string Production = "production";

    public static Command Build(CommandHost host)
    {
        var environment = new Argument<string>("ENVIRONMENT") { HelpName = $"{Sandbox}|{Production}", Description = "the environment of the key" };
        environment.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, Sandbox, Production);
        var create = new Command("create", "Creates a key for the first location and prints it, only this once.") { environment };
        create.SetAction((parsed, _) => host.RunAsync((services, locations) => CreateAsync(
            services,
            locations,
            string.Equals(parsed.GetRequiredValue(environment), Production, StringComparison.OrdinalIgnoreCase) ? TenantEnvironment.Production : TenantEnvironment.Sandbox)));

        var list = new Command("list", "Lists the keys that are not revoked.");
        list.SetAction((_, _) => host.RunAsync(ListAsync));

        var id = CommandLine.IdArgument("key");
        var revoke = new Command("revoke", "Revokes a key for good.") { id };
        revoke.SetAction((parsed, _) => host.RunAsync((services, locations) => RevokeAsync(services, locations, new ApiKeyId(parsed.GetValue(id)))));
        return new Command("api-keys", "Creates, lists and revokes API keys.") { create, list, revoke };
    }

    private static async Task<int> CreateAsync(IServiceProvider services, IReadOnlyList<Location> locations, TenantEnvironment environment)
    {
        var location = locations.Count > 0
            ? locations[0]
            : await services.GetRequiredService<IAccountStore>().CreateAsync(DefaultNames.Account, DefaultNames.Location, CancellationToken.None);
        var tenant = new Tenant(location.Account, location.Id, environment);
        var (_, secret) = await Keys(services).CreateAsync(new NewApiKey(tenant, "Made on the command line"), CancellationToken.None);
        await Console.Out.WriteLineAsync(secret.Reveal());
        return 0;
    }

    private static async Task<int> ListAsync(IServiceProvider services, IReadOnlyList<Location> locations)
    {
        foreach (var key in await AllAsync(services, locations))
        {
            var expires = key.ExpiresAt is { } at ? $"expires {at:yyyy-MM-dd}" : "never expires";
            await Console.Out.WriteLineAsync(
                $"{key.Id.Value,6}  location {key.Tenant.Location.Value}  {ApiKeySecret.PrefixOf(key.Tenant.Environment)}…{key.LastFour}  {key.CreatedAt:yyyy-MM-dd}  {expires}  {key.Scopes}  {key.Name}");
        }

        return 0;
    }

    private static async Task<int> RevokeAsync(IServiceProvider services, IReadOnlyList<Location> locations, ApiKeyId id)
    {
        var key = (await AllAsync(services, locations)).FirstOrDefault(key => key.Id == id);
        if (key is null || !await Keys(services).RevokeAsync(key.Tenant, id, CancellationToken.None))
        {
            await Console.Error.WriteLineAsync("There is no such key.");
            return 1;
        }

        await Console.Out.WriteLineAsync($"Revoked {ApiKeySecret.PrefixOf(key.Tenant.Environment)}…{key.LastFour}.");
        return 0;
    }

    private static async Task<IReadOnlyList<ApiKey>> AllAsync(IServiceProvider services, IReadOnlyList<Location> locations)
    {
        var keys = new List<ApiKey>();
        foreach (var location in locations)
        {
            keys.AddRange(await Keys(services).ListAsync(location, CancellationToken.None));
        }

        return keys;
    }

    private static IApiKeyService Keys(IServiceProvider services) => services.GetRequiredService<IApiKeyService>();
}
