using System.CommandLine;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Cli;

/// <summary>
/// <c>accounts</c>: shows and creates accounts, and prints links for their owners, even while the service runs. The links are for the first
/// owner, and for when nobody can sign in any more.
/// </summary>
internal static class AccountCommand
{
    public static Command Build(CommandHost host)
    {
        var list = new Command("list", "Lists the accounts.");
        list.SetAction((_, _) => host.RunAsync(ListAsync));

        var name = new Argument<string>("NAME")
        {
            Description = $"the name of the account, of at most {NameRules.LongestName} characters",
            CustomParser = ValidateName,
        };
        var create = new Command("create", "Creates an account with one location, and prints a link for its owner.") { name };
        create.SetAction((parsed, _) => host.RunAsync((services, _) => CreateAsync(services, parsed.GetRequiredValue(name))));

        var id = CommandLine.IdArgument("account");
        var link = new Command("link", "Prints a link that sets up an owner. It works once, within 24 hours.") { id };
        link.SetAction((parsed, _) => host.RunAsync((services, locations) => LinkAsync(services, locations, parsed.GetValue(id))));
        return new Command("accounts", "Lists and creates accounts, and prints links for their owners.") { list, create, link };
    }

    // Uses the same rules as the pages.
    private static string? ValidateName(System.CommandLine.Parsing.ArgumentResult result)
    {
        var validated = NameRules.Validate(result.Tokens[0].Value);
        foreach (var error in (validated.Refusal as Refusal.Invalid)?.Errors ?? [])
        {
            result.AddError($"NAME: {error.Message}");
        }

        return validated.IsSuccess ? validated.Value : null;
    }

    private static async Task<int> ListAsync(IServiceProvider services, IReadOnlyList<Location> locations)
    {
        foreach (var account in AccountsOf(locations))
        {
            await Console.Out.WriteLineAsync($"{account.Value,6}  {await services.GetRequiredService<IAccountStore>().GetNameAsync(account, CancellationToken.None)}");
        }

        return 0;
    }

    private static async Task<int> CreateAsync(IServiceProvider services, string name)
    {
        var made = await services.GetRequiredService<IAccountStore>().CreateAsync(name, DefaultNames.Location, CancellationToken.None);
        return await PrintLinkAsync(services, made.Account);
    }

    private static async Task<int> LinkAsync(IServiceProvider services, IReadOnlyList<Location> locations, long id)
    {
        if (!AccountsOf(locations).Contains(new AccountId(id)))
        {
            await Console.Error.WriteLineAsync("There is no such account.");
            return 1;
        }

        return await PrintLinkAsync(services, new AccountId(id));
    }

    private static IEnumerable<AccountId> AccountsOf(IReadOnlyList<Location> locations) => locations.Select(location => location.Account).Distinct();

    private static async Task<int> PrintLinkAsync(IServiceProvider services, AccountId account)
    {
        var address = services.GetRequiredService<ServedAddress>().Current;
        await Console.Out.WriteLineAsync(await services.GetRequiredService<OwnerLinks>().DescribeAsync(account, address));
        return 0;
    }
}
