using System.Globalization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Portal.Cli;

/// <summary>
/// <c>api-keys</c>: makes, lists and revokes keys, also while the service runs. A new key is printed once; the first one of a
/// vault makes its account and location. The service refuses a revoked key within 5 seconds.
/// </summary>
internal static class ApiKeyCommand
{
    public const string Verb = "api-keys";

    private const string Usage = """
        usage: api-keys create sandbox|production   makes a key of the first location and prints it, this once
               api-keys list                        the keys that are not revoked
               api-keys revoke ID                   revokes a key for good
        """;

    public static Task<int> RunAsync(IServiceProvider services, IReadOnlyList<string> arguments) => arguments switch
    {
        ["create", var name, ..] when Enum.TryParse<TenantEnvironment>(name, ignoreCase: true, out var environment) => CreateAsync(services, environment),
        ["list", ..] => ListAsync(services),
        ["revoke", var id, ..] when long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => RevokeAsync(services, new ApiKeyId(number)),
        _ => CommandLine.RefuseAsync(Usage),
    };

    private static async Task<int> CreateAsync(IServiceProvider services, TenantEnvironment environment)
    {
        var locations = await CommandLine.OpenAsync(services);
        var location = locations.Count > 0
            ? locations[0]
            : await services.GetRequiredService<IAccountStore>().CreateAsync("Account", "Location", CancellationToken.None);
        var tenant = new Tenant(location.Account, location.Id, environment);
        var (_, secret) = await Keys(services).CreateAsync(new NewApiKey(tenant, "Made on the command line"), CancellationToken.None);
        await Console.Out.WriteLineAsync(secret.Reveal());
        return 0;
    }

    private static async Task<int> ListAsync(IServiceProvider services)
    {
        foreach (var key in await AllAsync(services))
        {
            var expires = key.ExpiresAt is { } at ? $"expires {at:yyyy-MM-dd}" : "never expires";
            await Console.Out.WriteLineAsync(
                $"{key.Id.Value,6}  location {key.Tenant.Location.Value}  {ApiKeySecret.PrefixOf(key.Tenant.Environment)}…{key.LastFour}  {key.CreatedAt:yyyy-MM-dd}  {expires}  {key.Scopes}  {key.Name}");
        }

        return 0;
    }

    private static async Task<int> RevokeAsync(IServiceProvider services, ApiKeyId id)
    {
        var key = (await AllAsync(services)).FirstOrDefault(key => key.Id == id);
        var revoked = key is not null && await Keys(services).RevokeAsync(key.Tenant, id, CancellationToken.None);
        await Console.Out.WriteLineAsync(revoked ? $"Revoked {ApiKeySecret.PrefixOf(key!.Tenant.Environment)}…{key.LastFour}." : "There is no such key.");
        return revoked ? 0 : 1;
    }

    private static async Task<IReadOnlyList<ApiKey>> AllAsync(IServiceProvider services)
    {
        var keys = new List<ApiKey>();
        foreach (var location in await CommandLine.OpenAsync(services))
        {
            keys.AddRange(await Keys(services).ListAsync(location, CancellationToken.None));
        }

        return keys;
    }

    private static IApiKeyService Keys(IServiceProvider services) => services.GetRequiredService<IApiKeyService>();
}
