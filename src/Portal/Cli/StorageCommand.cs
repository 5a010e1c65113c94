using System.CommandLine;
using System.Globalization;
using Dojo.Pci.Tokenization.Copying;

namespace Dojo.Pci.Portal.Cli;

/// <summary>
/// <c>storage copy</c>: copies a vault to the other engine, in either direction. It may be stopped at any time and run again. The SQLite file is
/// that of the data directory, and the PostgreSQL database that of the connection string, whichever engine the settings name.
/// </summary>
internal static class StorageCommand
{
    private const string Sqlite = "sqlite";
    private const string Postgres = "postgres";

    // A large table has a thousand parts, and a line for each would be too many.
    private static readonly TimeSpan s_tellEvery = TimeSpan.FromSeconds(2);

    private static readonly string[] s_withPostgres = ["--Storage:Provider=Postgres"];
    private static readonly string[] s_withSqlite = ["--Storage:Provider=Sqlite", "--Storage:ConnectionString="];

    public static Command Build(CommandHost host)
    {
        var (from, to) = (EngineOption("--from", "the engine to copy from"), EngineOption("--to", "the engine to copy to"));
        var sample = DatabaseCommand.SampleOption();
        var copy = new Command(
            "copy",
            "Copies everything that is stored to the other engine, compares both, and checks the copy as database check does. The service must not be running. Can be interrupted and run again. Exits with 0 when all is well, with 1 when not.")
        {
            from, to, sample,
        };
        copy.Validators.Add(result =>
        {
            if (string.Equals(result.GetValue(from), result.GetValue(to), StringComparison.OrdinalIgnoreCase))
            {
                result.AddError("--from and --to must be different engines.");
            }
        });
        copy.SetAction((parsed, _) => CopyAsync(
            host, string.Equals(parsed.GetRequiredValue(from), Sqlite, StringComparison.OrdinalIgnoreCase) ? CopyDirection.SqliteToPostgres : CopyDirection.PostgresToSqlite, parsed.GetValue(sample)));
        return new Command("storage", "Moves everything that is stored to another engine.") { copy };
    }

    private static Option<string> EngineOption(string name, string description)
    {
        var option = new Option<string>(name) { HelpName = $"{Sqlite}|{Postgres}", Description = description, Required = true };
        option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, Sqlite, Postgres);
        return option;
    }

    private static async Task<int> CopyAsync(CommandHost host, CopyDirection direction, int? sample)
    {
        var copied = await host.PrepareAsync(s_withPostgres, services => RunAsync(services, direction));
        return copied != 0
            ? copied
            : await host.InspectAsync(direction == CopyDirection.SqliteToPostgres ? s_withPostgres : s_withSqlite, services => DatabaseCommand.CheckAsync(services, sample));
    }

    private static async Task<int> RunAsync(IServiceProvider services, CopyDirection direction)
    {
        var (clock, told) = (services.GetRequiredService<TimeProvider>(), 0L);
        try
        {
            var copied = services.GetRequiredService<IVaultCopy>().Copy(direction, Tell);
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Copied {copied.Tables} tables with {copied.Rows:N0} rows; both sides are equal. Checking the copy."));
            return 0;
        }
        catch (CopyRefusedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }

        void Tell(TableProgress progress)
        {
            if (progress.IsWhole || clock.GetElapsedTime(told) > s_tellEvery)
            {
                told = clock.GetTimestamp();
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{progress.Table}: {progress.Rows:N0} rows{(progress.IsWhole ? "" : " so far")}"));
            }
        }
    }
}
