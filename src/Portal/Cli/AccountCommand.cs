using System.Globalization;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Tokenization.Accounts;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Cli;

/// <summary>
/// <c>accounts</c>: shows and makes accounts, and prints links that make an owner of one, also while the service runs: for the first
/// owner, and for the day when nobody can sign in any more.
/// </summary>
internal static class AccountCommand
{
    public const string Verb = "accounts";

    private const string Usage = """
        usage: accounts list
               accounts create NAME     makes an account with a location of the same name, and prints a link for its owner
               accounts link ID         prints a link that makes an owner, once, for 24 hours
        """;

    public static async Task<int> RunAsync(IServiceProvider services, IReadOnlyList<string> arguments)
    {
        if (arguments is not (["list"] or ["create", { Length: > 0 }] or ["link", _]))
        {
            return await CommandLine.RefuseAsync(Usage);
        }

        var locations = await CommandLine.OpenAsync(services);
        var store = services.GetRequiredService<IAccountStore>();
        if (arguments is ["create", var name])
        {
            var made = await store.CreateAsync(name, name, CancellationToken.None);
            return await PrintLinkAsync(services, made.Account);
        }

        var accounts = locations.Select(location => location.Account).Distinct().ToList();
        if (arguments is ["list"])
        {
            foreach (var account in accounts)
            {
                await Console.Out.WriteLineAsync($"{account.Value,6}  {await store.GetNameAsync(account, CancellationToken.None)}");
            }

            return 0;
        }

        var found = accounts.Where(account => account.Value.ToString(CultureInfo.InvariantCulture) == arguments[1]).ToList();
        if (found.Count == 0)
        {
            await Console.Error.WriteLineAsync("There is no such account.");
            return 1;
        }

        return await PrintLinkAsync(services, found[0]);
    }

    private static async Task<int> PrintLinkAsync(IServiceProvider services, AccountId account)
    {
        var address = services.GetRequiredService<IOptions<PortalOptions>>().Value.PublicAddress is { Length: > 0 } known ? known : "http://localhost:5080";
        await Console.Out.WriteLineAsync(await services.GetRequiredService<OwnerLinks>().DescribeAsync(account, address));
        return 0;
    }
}
