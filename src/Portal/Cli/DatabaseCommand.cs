using Dojo.Pci.Tokenization.Integrity;

namespace Dojo.Pci.Portal.Cli;

/// <summary><c>database check</c>: looks whether everything that is stored is whole, also while the service runs.</summary>
internal static class DatabaseCommand
{
    public const string Verb = "database";

    private const string Usage = """
        usage: database check   reads the whole database and says what is not whole; minutes where it is large
               ends with 0 when all is well, with 1 when not
        """;

    public static async Task<int> RunAsync(IServiceProvider services, IReadOnlyList<string> arguments)
    {
        if (arguments is not ["check", ..])
        {
            return await CommandLine.RefuseAsync(Usage);
        }

        await CommandLine.OpenAsync(services);
        var faults = await services.GetRequiredService<IVaultCheck>().FindFaultsAsync(CancellationToken.None);
        foreach (var fault in faults)
        {
            await Console.Out.WriteLineAsync(fault);
        }

        if (faults.Count == 0)
        {
            await Console.Out.WriteLineAsync("The database is whole.");
        }

        return faults.Count == 0 ? 0 : 1;
    }
}
