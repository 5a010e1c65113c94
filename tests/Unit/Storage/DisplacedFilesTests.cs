using System.Diagnostics;
using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>The files of an open database are removed, moved or replaced: nothing that would be lost is acknowledged.</summary>
[Trait("Engine", "Sqlite")]
public sealed class DisplacedFilesTests : IAsyncLifetime
{
    private readonly VaultDirectory _directory = new();
    private readonly LogCapture _log = new();
    private TestVault _vault = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IDatabase Database => _vault.Get<IDatabase>();

    private string Away => Path.Combine(_directory.Root, "away");

    private string Log => _directory.DatabaseFile + "-wal";

    public async ValueTask InitializeAsync()
    {
        _vault = await OpenAsync();
        await Database.WriteAsync(connection => connection.Execute("CREATE TABLE probe (v INTEGER NOT NULL PRIMARY KEY) STRICT"));
        await InsertAsync(1);
        (await ValuesAsync()).ShouldBe([1]);
    }

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        _directory.Dispose();
        _log.Dispose();
    }

    [Theory]
    [InlineData("the directory is removed")]
    [InlineData("the directory is moved")]
    [InlineData("the directory is swapped for another")]
    [InlineData("the directory cannot be entered through its link")]
    [InlineData("the database is removed")]
    [InlineData("the database is moved")]
    [InlineData("the database is replaced")]
    [InlineData("the database is emptied")]
    [InlineData("the log is removed")]
    [InlineData("the log is replaced")]
    [InlineData("the index of the log is removed")]
    [InlineData("the index of the log is replaced")]
    [InlineData("the lock is removed")]
    [InlineData("the lock is replaced")]
    public async Task Neither_writes_nor_reads_go_on_and_the_log_says_so_once_when(string happening)
    {
        await HappenAsync(happening);
        if (happening.Contains("index", StringComparison.Ordinal) || happening.Contains("lock", StringComparison.Ordinal))
        {
            // Commits do not touch these files: a periodic check detects the change.
            await NoticedAsync();
        }

        await Should.ThrowAsync<UnavailableException>(() => InsertAsync(2));
        await Should.ThrowAsync<UnavailableException>(ValuesAsync);
        (await _vault.Get<IVault>().CheckAsync()).ShouldNotBeNull().Message.ShouldNotContain("portal");
        _vault.Get<IVault>().Outage.ShouldNotBeNull();
        await Should.ThrowAsync<UnavailableException>(() => InsertAsync(3));
        var said = _log.Entries.Where(entry => entry.Level == LogLevel.Critical).ShouldHaveSingleItem().Text;
        said.ShouldContain(_directory.Data);
    }

    [Theory]
    [InlineData("the directory is moved")]
    [InlineData("the database is moved")]
    [InlineData("the log is removed")]
    public async Task Reads_end_although_nobody_writes_when(string happening)
    {
        await HappenAsync(happening);

        await NoticedAsync();

        await Should.ThrowAsync<UnavailableException>(ValuesAsync);
    }

    [Fact]
    public async Task A_directory_that_is_put_back_is_served_again_with_all_that_was_acknowledged()
    {
        Directory.Move(_directory.Data, Away);
        await Should.ThrowAsync<UnavailableException>(() => InsertAsync(2));

        Directory.Move(Away, _directory.Data);

        (await _vault.Get<IVault>().CheckAsync()).ShouldBeNull();
        await InsertAsync(3);
        (await ValuesAsync()).ShouldBe([1, 3]);
        await ReopenAsync();
        (await ValuesAsync()).ShouldBe([1, 3]);
    }

    [Fact]
    public async Task A_copy_that_is_put_in_the_place_of_the_database_is_not_taken_for_it()
    {
        Directory.Move(_directory.Data, Away);
        await Should.ThrowAsync<UnavailableException>(() => InsertAsync(2));

        CopyDirectory(Away, _directory.Data);

        (await _vault.Get<IVault>().CheckAsync()).ShouldNotBeNull();
        await Should.ThrowAsync<UnavailableException>(ValuesAsync);
    }

    [Fact]
    public async Task A_log_that_was_taken_away_is_not_taken_back_while_the_process_runs()
    {
        File.Move(Log, Away);
        await Should.ThrowAsync<UnavailableException>(() => InsertAsync(2));

        File.Move(Away, Log);

        await Should.ThrowAsync<UnavailableException>(() => InsertAsync(2));
        await Should.ThrowAsync<UnavailableException>(ValuesAsync);
    }

    [Theory]
    [InlineData("the log is removed")]
    [InlineData("the index of the log is removed")]
    [InlineData("the lock is removed")]
    public async Task What_was_acknowledged_is_there_after_a_new_start_although(string happening)
    {
        await HappenAsync(happening);
        await NoticedAsync();

        await ReopenAsync();

        (await ValuesAsync()).ShouldContain(1);
        await InsertAsync(7);
    }

    [Fact]
    public async Task The_log_of_a_database_that_has_taken_the_place_is_left_alone_at_the_end()
    {
        using var other = new VaultDirectory();
        await using var vault = await TestVault.OpenAsync(other);
        Directory.Move(_directory.Data, Away);
        CopyDirectory(other.Data, _directory.Data);
        var log = await File.ReadAllBytesAsync(Log, Ct);
        log.ShouldNotBeEmpty();

        await _vault.DisposeAsync();

        (await File.ReadAllBytesAsync(Log, Ct)).ShouldBe(log);
        File.Exists(Path.Combine(Away, "portal.db-wal")).ShouldBeTrue("what was acknowledged may be in it alone");
    }

    [Fact]
    public async Task A_database_behind_a_link_is_served_and_another_target_of_the_link_is_noticed()
    {
        await _vault.DisposeAsync();
        var real = Path.Combine(_directory.Root, "volume.db");
        File.Move(_directory.DatabaseFile, real);
        File.CreateSymbolicLink(_directory.DatabaseFile, real);
        _vault = await OpenAsync();
        await InsertAsync(2);
        (await ValuesAsync()).ShouldBe([1, 2]);

        File.Copy(real, real + ".copy");
        File.Delete(_directory.DatabaseFile);
        File.CreateSymbolicLink(_directory.DatabaseFile, real + ".copy");

        await Should.ThrowAsync<UnavailableException>(() => InsertAsync(3));
    }

    // The writer checks twice a second; the machine may be busy.
    private async Task NoticedAsync()
    {
        var waited = Stopwatch.StartNew();
        while (Database.Outage is null && waited.Elapsed < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(10, Ct);
        }

        Database.Outage.ShouldNotBeNull();
    }

    private async Task HappenAsync(string happening)
    {
        switch (happening)
        {
            case "the directory is removed":
                Directory.Delete(_directory.Data, recursive: true);
                break;
            case "the directory is moved":
                Directory.Move(_directory.Data, Away);
                break;
            case "the directory is swapped for another":
                Directory.Move(_directory.Data, Away);
                CopyDirectory(Away, _directory.Data);
                break;
            case "the directory cannot be entered through its link":
                Directory.Move(_directory.Data, Away);
                Directory.CreateSymbolicLink(_directory.Data, Path.Combine(_directory.Root, "nowhere"));
                break;
            case "the database is removed":
                File.Delete(_directory.DatabaseFile);
                break;
            case "the database is moved":
                File.Move(_directory.DatabaseFile, Away);
                break;
            case "the database is replaced":
                await ReplaceAsync(_directory.DatabaseFile);
                break;
            case "the database is emptied":
                await File.WriteAllBytesAsync(_directory.DatabaseFile, [], Ct);
                break;
            case "the log is removed":
                File.Delete(Log);
                break;
            case "the log is replaced":
                await ReplaceAsync(Log);
                break;
            case "the index of the log is removed":
                File.Delete(_directory.DatabaseFile + "-shm");
                break;
            case "the index of the log is replaced":
                await ReplaceAsync(_directory.DatabaseFile + "-shm");
                break;
            case "the lock is removed":
                File.Delete(Path.Combine(_directory.Data, "portal.lock"));
                break;
            case "the lock is replaced":
                await ReplaceAsync(Path.Combine(_directory.Data, "portal.lock"));
                break;
            default:
                throw new ArgumentException("There is no such happening.", nameof(happening));
        }
    }

    private static async Task ReplaceAsync(string file)
    {
        await File.WriteAllTextAsync(file + ".new", "something else", Ct);
        File.Move(file + ".new", file, overwrite: true);
    }

    // Uses the system's cp: reading a database file in this process and closing it would release the database's locks.
    private static void CopyDirectory(string from, string to)
    {
        using var copy = Process.Start("cp", ["-r", from, to]);
        copy.WaitForExit();
        copy.ExitCode.ShouldBe(0);
    }

    private Task<TestVault> OpenAsync() => TestVault.OpenAsync(_directory, replace: services => services.AddLogging(logging => logging.AddProvider(_log)));

    private async Task ReopenAsync()
    {
        await _vault.DisposeAsync();
        _vault = await OpenAsync();
    }

    private Task<int> InsertAsync(int v) => Database.WriteAsync(connection => connection.Execute("INSERT INTO probe (v) VALUES (@v)", new { v }));

    private Task<List<int>> ValuesAsync() => Database.ReadAsync(connection => connection.Query<int>("SELECT v FROM probe ORDER BY v").AsList(), Ct);
}
