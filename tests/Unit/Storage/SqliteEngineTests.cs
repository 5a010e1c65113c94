using Dojo.Pci.Bench.Crash;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Storage;

[Trait("Engine", "Sqlite")]
public sealed class SqliteEngineTests : IDisposable
{
    private readonly VaultDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("3.51.3")]
    [InlineData("3.52.0")]
    [InlineData("3.53.4")]
    [InlineData("4.0.0")]
    public void A_version_without_the_WAL_reset_bug_may_open_a_database(string version) => new SqliteEngine(version).Fault.ShouldBeNull();

    [Theory]
    [InlineData("3.7.0")]
    [InlineData("3.9.2")]
    [InlineData("3.50.4")]
    [InlineData("3.51.2")]
    [InlineData("")]
    [InlineData("unknown")]
    public void Any_other_version_may_not(string version) =>
        new SqliteEngine(version).Fault.ShouldNotBeNull().ShouldStartWith($"The SQLite library has version {version}; versions before 3.51.3 can corrupt a database");

    [Theory]
    [InlineData(VaultUse.Serving)]
    [InlineData(VaultUse.Administration)]
    public async Task A_vault_is_not_opened_with_one_no_matter_what_for_and_the_file_is_not_touched(VaultUse use)
    {
        await (await TestVault.OpenAsync(_directory)).DisposeAsync();
        var before = File.GetLastWriteTimeUtc(_directory.DatabaseFile);

        var refusal = await Should.ThrowAsync<StartRefusedException>(
            () => TestVault.OpenAsync(_directory, replace: services => services.AddSingleton(new SqliteEngine("3.51.2")), use: use));

        refusal.Faults.ShouldHaveSingleItem().ShouldContain("3.51.2");
        File.GetLastWriteTimeUtc(_directory.DatabaseFile).ShouldBe(before);
        File.Exists(_directory.DatabaseFile + "-wal").ShouldBeFalse();
    }

    [Fact]
    public async Task The_engine_that_is_loaded_says_its_version()
    {
        await using var vault = await TestVault.OpenAsync(_directory);

        vault.Get<IVault>().Engine.ShouldBe($"SQLite {SQLitePCL.raw.sqlite3_libversion().utf8_to_string()}");
    }

    [Fact]
    public void Checkpoints_without_a_pause_beside_commits_and_restarts_of_the_log_lose_nothing()
    {
        const int Frames = 20_000;
        var stress = new LogStress(Path.Combine(_directory.Root, "stress.db"));

        stress.Run(Frames, _ => { }, TestContext.Current.CancellationToken).ShouldBeEmpty();

        stress.Frames.ShouldBeGreaterThanOrEqualTo(Frames);
        stress.Restarts.ShouldBePositive();
        stress.Checkpoints.ShouldBePositive();
    }
}
