using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Dojo.Pci.Tokenization.Storage.Migrations;

/// <summary>A migration of the schema.</summary>
/// <param name="Version">The position of the script in the order.</param>
/// <param name="Name">The name of the script's file, without the extension.</param>
/// <param name="Sql">The statements of the script.</param>
internal sealed partial record MigrationScript(int Version, string Name, string Sql)
{
    /// <summary>The scripts of this program for an engine, in no order.</summary>
    /// <param name="engine">The folder of the engine: <c>Sqlite</c> or <c>Postgres</c>.</param>
    public static IReadOnlyList<MigrationScript> Of(string engine)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var scripts = new List<MigrationScript>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.Contains($".Migrations.{engine}.V", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = resource[(resource.LastIndexOf(".V", StringComparison.Ordinal) + 1)..^".sql".Length];
            scripts.Add(new MigrationScript(int.Parse(name.AsSpan(1, 3), CultureInfo.InvariantCulture), name, reader.ReadToEnd().ReplaceLineEndings("\n")));
        }

        return scripts;
    }

    /// <summary>The names of the triggers that exist after all of the scripts have run.</summary>
    public static IReadOnlySet<string> TriggersIn(IEnumerable<MigrationScript> scripts)
    {
        var triggers = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match match in scripts.SelectMany(script => Trigger().Matches(script.Sql)))
        {
            _ = match.Groups["verb"].Value == "CREATE" ? triggers.Add(match.Groups["name"].Value) : triggers.Remove(match.Groups["name"].Value);
        }

        return triggers;
    }

    /// <summary>The refusal of a database that a newer program has migrated.</summary>
    public static StartRefusedException TooNew(int current, int newest) =>
        new($"The database has schema version {current}; this program knows versions up to {newest}. Start the newer program.");

    [GeneratedRegex(@"^(?<verb>CREATE|DROP) TRIGGER (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Trigger();
}
