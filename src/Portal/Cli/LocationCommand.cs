using System.Globalization;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Portal.Cli;

/// <summary><c>locations</c>: shows the locations with their settings, and changes one setting of one location.</summary>
internal static class LocationCommand
{
    public const string Verb = "locations";

    private const string Usage = """
        usage: locations list
               locations set ID unique-references on|off   whether a reference is taken once only
               locations set ID repeated-charges on|off    whether an Unscheduled token may be charged again
               locations set ID retention-days DAYS        how long card data of finished tokens is kept, from 0 on
        """;

    public static async Task<int> RunAsync(IServiceProvider services, IReadOnlyList<string> arguments)
    {
        var change = arguments switch
        {
            ["set", _, "unique-references", "on" or "off", ..] => ChangeUniqueReferences,
            ["set", _, "repeated-charges", "on" or "off", ..] => ChangeRepeatedCharges,
            ["set", _, "retention-days", var days, ..] when TryDays(days, out _) => ChangeRetention,
            _ => (Func<IAccountStore, LocationId, string, Task>?)null,
        };
        if (change is null && arguments is not ["list", ..])
        {
            return await CommandLine.RefuseAsync(Usage);
        }

        var locations = await CommandLine.OpenAsync(services);
        if (change is null)
        {
            return await ListAsync(locations);
        }

        if (locations.FirstOrDefault(location => location.Id.Value.ToString(CultureInfo.InvariantCulture) == arguments[1]) is not { } found)
        {
            await Console.Error.WriteLineAsync("There is no such location.");
            return 1;
        }

        await change(services.GetRequiredService<IAccountStore>(), found.Id, arguments[3]);
        return 0;
    }

    private static Task ChangeUniqueReferences(IAccountStore accounts, LocationId location, string value) =>
        accounts.SetUniqueReferencesAsync(location, value == "on", CancellationToken.None);

    private static Task ChangeRepeatedCharges(IAccountStore accounts, LocationId location, string value) =>
        accounts.SetRepeatedChargesAsync(location, value == "on", CancellationToken.None);

    private static Task ChangeRetention(IAccountStore accounts, LocationId location, string value) =>
        TryDays(value, out var days) ? accounts.SetRetentionAsync(location, days, CancellationToken.None) : throw new FormatException(Usage);

    // A century is for ever, and leaves room before the end of the calendar.
    private static bool TryDays(string text, out int days) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out days) && days <= 36_500;

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
