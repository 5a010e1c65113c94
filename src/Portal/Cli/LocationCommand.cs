using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Settings;

namespace Dojo.Pci.Portal.Cli;

/// <summary><c>locations</c>: shows the locations with their settings, and changes one setting of one location.</summary>
internal static class LocationCommand
{
    private const string UniqueReferences = "unique-references";
    private const string RepeatedCharges = "repeated-charges";
    private const string RetentionDays = "retention-days";

    public static Command Build(CommandHost host)
    {
        var list = new Command("list", "Lists the locations with their settings.");
        list.SetAction((_, _) => host.RunAsync((_, locations) => ListAsync(locations)));

        var id = CommandLine.IdArgument("location");
        var set = new Command("set", "Changes a setting of a location.")
        {
            Build(UniqueReferences, "Whether each reference is accepted only once.", Switch(), id, host, (accounts, location, on) => accounts.SetUniqueReferencesAsync(location, on, CancellationToken.None)),
            Build(RepeatedCharges, "Whether an Unscheduled token may be charged again.", Switch(), id, host, (accounts, location, on) => accounts.SetRepeatedChargesAsync(location, on, CancellationToken.None)),
            Build(RetentionDays, "How long card data of finished tokens is kept.", Days(), id, host, (accounts, location, days) => accounts.SetRetentionAsync(location, days, CancellationToken.None)),
        };
        set.Arguments.Add(id);
        return new Command("locations", "Shows locations and changes their settings.") { list, set };
    }

    private static Command Build<T>(string name, string description, Argument<T> value, Argument<long> id, CommandHost host, Func<IAccountStore, LocationId, T, Task> change)
    {
        var command = new Command(name, description) { value };

        // The parser requires only the arguments of the innermost command.
        command.Validators.Add(result =>
        {
            if (result.GetResult(id) is not { Tokens: [var typed, ..] })
            {
                result.AddError("ID is missing.");
            }
            else if (!CommandLine.TryReadId(typed.Value, out _))
            {
                result.AddError(CommandLine.NoId);
            }
        });
        command.SetAction((parsed, _) => host.RunAsync(async (services, locations) =>
        {
            if (locations.FirstOrDefault(location => location.Id.Value == parsed.GetValue(id)) is not { } found)
            {
                await Console.Error.WriteLineAsync("There is no such location.");
                return 1;
            }

            await change(services.GetRequiredService<IAccountStore>(), found.Id, parsed.GetRequiredValue(value));
            return 0;
        }));
        return command;
    }

    private static Argument<bool> Switch() => new("VALUE")
    {
        HelpName = "on|off",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "on" => true,
            "off" => false,
            _ => Refuse<bool>(result, "VALUE must be on or off."),
        },
    };

    private static Argument<int> Days() => new("DAYS")
    {
        Description = $"whole days from 0 to {IAccountSettings.MostRetentionDays}",
        CustomParser = result => int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= IAccountSettings.MostRetentionDays
            ? days
            : Refuse<int>(result, $"DAYS must be a whole number from 0 to {IAccountSettings.MostRetentionDays}."),
    };

    private static T? Refuse<T>(ArgumentResult result, string why)
    {
        result.AddError(why);
        return default;
    }

    private static async Task<int> ListAsync(IReadOnlyList<Location> locations)
    {
        foreach (var location in locations)
        {
            await Console.Out.WriteLineAsync(
                $"{location.Id.Value,6}  {location.Name}  unique-references {OnOff(location.UniqueReferences)}  repeated-charges {OnOff(location.RepeatedCharges)}  retention-days {location.Retention.Days}");
        }

        return 0;
    }

    private static string OnOff(bool value) => value ? "on" : "off";
}
