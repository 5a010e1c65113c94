using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tests.Unit.Startup;

/// <summary>The program with a SQLite library that reports a version with the WAL-reset bug: the product's own library with its version replaced.</summary>
[Trait("Engine", "Sqlite")]
public sealed class EngineVersionTests : IDisposable
{
    private const string Old = "3.51.2";

    private readonly PortalProgram _portal = new();
    private readonly string _own = OwnEngine();

    public void Dispose() => _portal.Dispose();

    public static TheoryData<string[]> WhatOpensTheDatabase => new()
    {
        { ["--urls=http://127.0.0.1:0"] },
        { ["migrate"] },
        { ["accounts", "list"] },
        { ["accounts", "create", "Account"] },
        { ["api-keys", "list"] },
        { ["api-keys", "create", "sandbox"] },
        { ["api-keys", "revoke", "1"] },
        { ["locations", "list"] },
        { ["database", "check"] },
    };

    [Theory]
    [MemberData(nameof(WhatOpensTheDatabase))]
    public async Task Nothing_opens_a_database_with_an_engine_that_can_corrupt_it(string[] arguments)
    {
        _portal.MakeRootKey();
        _portal.Program = CopyWithOldEngine();

        var run = await _portal.RunAsync("Development", arguments);

        run.ExitCode.ShouldBe(1, run.Errors);
        run.Faults.ShouldHaveSingleItem().ShouldStartWith($"The SQLite library has version {Old}; versions before 3.51.3 can corrupt a database");
        run.Errors.ShouldNotContain("   at ");
        Directory.Exists(_portal.DataDirectory).ShouldBeFalse("the database is not touched");
    }

    [Fact]
    public async Task The_check_of_a_database_says_which_engine_reads_it()
    {
        _portal.MakeRootKey();

        (await _portal.RunAsync("Development", "api-keys", "list")).ExitCode.ShouldBe(0);

        var run = await _portal.RunAsync("Development", "database", "check");

        run.Output.ShouldStartWith($"Engine: SQLite {_own}");
        run.ExitCode.ShouldBe(0, run.Errors);
    }

    private static string OwnEngine()
    {
        using var connection = new SqliteConnection();
        return connection.ServerVersion;
    }

    private string CopyWithOldEngine()
    {
        var copy = Directory.CreateDirectory(Path.Combine(_portal.Root, "program")).FullName;
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(file => Path.GetExtension(file) is ".dll" or ".json"))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        var engines = Directory.GetFiles(AppContext.BaseDirectory, "*e_sqlite3*", SearchOption.AllDirectories)
            .Where(file => file.Contains($"{RuntimeInformation.RuntimeIdentifier}{Path.DirectorySeparatorChar}native", StringComparison.Ordinal));
        foreach (var engine in engines)
        {
            var copied = Path.Combine(copy, Path.GetRelativePath(AppContext.BaseDirectory, engine));
            Directory.CreateDirectory(Path.GetDirectoryName(copied)!);
            var bytes = File.ReadAllBytes(engine);
            var version = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(_own + '\0'));
            version.ShouldBePositive();
            Encoding.ASCII.GetBytes(Old).CopyTo(bytes, version);
            File.WriteAllBytes(copied, bytes);
        }

        return Path.Combine(copy, "Dojo.Pci.Portal.dll");
    }
}
