using System.Data.Common;
using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tests.Unit.Storage;

[Trait("Engine", "Sqlite")]
public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly VaultDirectory _directory = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("secure_delete", "1")]
    [InlineData("foreign_keys", "1")]
    [InlineData("trusted_schema", "0")]
    public async Task The_writer_works_under_these_settings(string pragma, string value)
    {
        await using var vault = await TestVault.OpenAsync(_directory);

        (await vault.Get<IDatabase>().WriteAsync(connection => connection.ExecuteScalar<string>($"PRAGMA {pragma}"))).ShouldBe(value);
    }

    [Fact]
    public async Task A_reader_cannot_write()
    {
        await using var vault = await TestVault.OpenAsync(_directory);

        await Should.ThrowAsync<Exception>(() => vault.Get<IDatabase>().ReadAsync(connection => connection.Execute("DELETE FROM data_keys"), Ct));
        (await vault.Get<IDatabase>().ReadAsync(connection => connection.ExecuteScalar<int>("SELECT COUNT(*) FROM data_keys"), Ct)).ShouldBe(14);
    }

    [Fact]
    public async Task The_native_library_is_past_its_known_vulnerabilities()
    {
        await using var vault = await TestVault.OpenAsync(_directory);
        var version = await vault.Get<IDatabase>().ReadAsync(connection => connection.ExecuteScalar<string>("SELECT sqlite_version()"), Ct);

        Version.Parse(version!).ShouldBeGreaterThanOrEqualTo(new Version(3, 50, 2), "CVE-2025-6965");
    }

    [Fact]
    public async Task A_reader_that_cannot_be_opened_is_unavailable_and_no_fault_of_ours()
    {
        await using var vault = await TestVault.OpenAsync(_directory);
        var database = vault.Get<IDatabase>();
        var file = Path.Combine(_directory.Data, "portal.db");
        File.Move(file, file + ".away");

        // While the first reads, the second needs another connection.
        await Should.ThrowAsync<UnavailableException>(async () =>
            await await database.ReadAsync(_ => database.ReadAsync(connection => connection.ExecuteScalar<int>("SELECT 1"), Ct), Ct));
        File.Move(file + ".away", file);
    }

    [Fact]
    public async Task Long_reads_that_follow_one_another_do_not_keep_the_log_from_starting_over()
    {
        const int Writes = 3000;
        const int Bytes = 65_536;
        await using var vault = await TestVault.OpenAsync(_directory);
        var database = vault.Get<IDatabase>();
        await database.WriteAsync(connection => connection.Execute("CREATE TABLE ballast (bytes BLOB NOT NULL)"));
        var written = 0;
        var scans = Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => Task.Run(ScanAsync, Ct)).ToList();

        for (; written < Writes; Interlocked.Increment(ref written))
        {
            await database.WriteAsync(connection => connection.Execute("INSERT INTO ballast (bytes) VALUES (randomblob(@Bytes))", new { Bytes }));
        }

        await Task.WhenAll(scans);
        // Without a restart the log would contain everything that was written.
        new FileInfo(Path.Combine(_directory.Data, "portal.db-wal")).Length.ShouldBeLessThan((long)Writes * Bytes);

        async Task ScanAsync()
        {
            while (Volatile.Read(ref written) < Writes)
            {
                await database.ScanAsync(default, ReadWhileMuchIsWritten, Ct);
            }
        }

        int ReadWhileMuchIsWritten(DbConnection connection)
        {
            using var snapshot = connection.BeginSnapshot();
            var rows = connection.ExecuteScalar<int>("SELECT COUNT(*) FROM data_keys");
            var until = Math.Min(Writes, Volatile.Read(ref written) + 50);
            SpinWait.SpinUntil(() => Volatile.Read(ref written) >= until);
            return rows;
        }
    }

    [Fact]
    public async Task Nobody_but_the_owner_can_read_what_is_stored()
    {
        await using var vault = await TestVault.OpenAsync(_directory);
        await vault.NewTenantAsync();
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.GetUnixFileMode(_directory.Data).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var files = Directory.GetFiles(_directory.Data);
        files.Select(Path.GetFileName).ShouldBe(["portal.db", "portal.db-wal", "portal.db-shm", "portal.lock"], ignoreOrder: true);
        foreach (var file in files)
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }
    }

    [Fact]
    public async Task The_connection_string_says_where_the_file_is()
    {
        var elsewhere = Path.Combine(_directory.Root, "elsewhere", "cards.db");
        await using var vault = await TestVault.OpenAsync(
            _directory, replace: services => services.Configure<StorageOptions>(options => options.ConnectionString = $"Data Source={elsewhere}"));

        File.Exists(elsewhere).ShouldBeTrue();
        File.Exists(_directory.DatabaseFile).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_that_is_no_database_refuses_the_start_in_a_sentence()
    {
        Directory.CreateDirectory(_directory.Data);
        await File.WriteAllTextAsync(_directory.DatabaseFile, new string('x', 4096), Ct);

        var refusal = await Should.ThrowAsync<StartRefusedException>(async () => await (await TestVault.OpenAsync(_directory)).DisposeAsync());
        refusal.Message.ShouldContain($"The database {_directory.DatabaseFile} cannot be opened.");
    }

    [Fact]
    public async Task A_second_serving_process_is_refused_and_an_operator_is_not()
    {
        await using var serving = await TestVault.OpenAsync(_directory);

        var refusal = await Should.ThrowAsync<StartRefusedException>(async () => await (await TestVault.OpenAsync(_directory)).DisposeAsync());
        refusal.Message.ShouldContain($"Another process is using {_directory.Data}");
        await using var operating = await TestVault.OpenAsync(_directory, use: VaultUse.Administration);

        var location = await operating.Get<IAccountStore>().CreateAsync("Account", "Location", Ct);
        (await serving.Get<IAccountStore>().ListLocationsAsync(Ct)).ShouldContain(location);
    }

    [Fact]
    public async Task Once_the_serving_process_has_ended_another_may_serve()
    {
        await (await TestVault.OpenAsync(_directory)).DisposeAsync();

        await using var next = await TestVault.OpenAsync(_directory);
        (await next.Get<IVault>().CheckAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_closed_vault_says_that_it_cannot_be_written()
    {
        var vault = await TestVault.OpenAsync(_directory);
        var (opened, database) = (vault.Get<IVault>(), vault.Get<IDatabase>());
        opened.HasKeys.ShouldBeTrue();
        database.Outage.ShouldBeNull();
        await vault.DisposeAsync();

        database.Outage.ShouldNotBeNull();
        (await opened.CheckAsync()).ShouldNotBeNull().Message.ShouldBe("The database is not open.");
    }

    [Fact]
    public async Task What_is_deleted_is_gone_from_the_file()
    {
        var vault = await TestVault.OpenAsync(_directory);
        await vault.Get<IAccountStore>().CreateAsync("a name to be forgotten", "Location", Ct);
        await vault.Get<IDatabase>().WriteAsync(connection => connection.Execute("DELETE FROM locations; DELETE FROM accounts"));
        await vault.DisposeAsync();

        _directory.ReadAllData().AsSpan().IndexOf("forgotten"u8).ShouldBe(-1);
    }
}
