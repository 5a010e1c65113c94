using System.CommandLine;
using Dojo.Pci.Bench.Comparison;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Dojo.Pci.Tokenization.Storage.Sqlite;

namespace Dojo.Pci.Bench.Servers;

/// <summary><c>serve KIND -- SETTING...</c>: runs one of the servers that the product is compared with. Only <see cref="ServerProcess"/> uses it.</summary>
internal static class ServeCommand
{
    private const string Verb = "serve";

    public static Command Build()
    {
        var kind = new Argument<ServerKind>("KIND").AcceptOnlyFromAmong($"{ServerKind.Echo}", $"{ServerKind.Naive}", $"{ServerKind.Gated}", $"{ServerKind.Autocommit}");
        var settings = new Argument<string[]>("SETTING") { Arity = ArgumentArity.ZeroOrMore };
        var serve = new Command(Verb, "Serves what the product is compared with.") { kind, settings };
        serve.Hidden = true;
        serve.SetAction((parsed, ct) => RunAsync(parsed.GetValue(kind), parsed.GetValue(settings) ?? [], ct));
        return serve;
    }

    /// <summary>The arguments that start this command.</summary>
    public static IEnumerable<string> Arguments(ServerKind kind, IEnumerable<string> settings) => [Verb, $"{kind}", "--", .. settings];

    private static async Task RunAsync(ServerKind kind, string[] settings, CancellationToken ct)
    {
        await using var app = kind == ServerKind.Echo ? EchoServer.Build(settings) : await BuildComparedAsync(kind, settings);
        await app.RunAsync(ct);
    }

    // Starts like the product, with its write path replaced.
    private static async Task<WebApplication> BuildComparedAsync(ServerKind kind, string[] settings)
    {
        var builder = PortalBuilder.Create(settings);
        builder.Services.AddSingleton<SqliteDatabase>();
        builder.Services.AddSingleton<PostgresDatabase>();
        builder.Services.AddSingleton(typeof(IDatabase), kind switch
        {
            ServerKind.Naive => typeof(NaiveDatabase),
            ServerKind.Gated => typeof(GatedDatabase),
            _ => typeof(AutocommitDatabase),
        });

        builder.AddPortal();
        var app = builder.Build();
        await app.Services.GetRequiredService<VaultStartup>().OpenAsync();
        app.UsePortal();
        return app;
    }
}
