using System.Security.Cryptography;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.Startup;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Integrity;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.Integrity;

/// <summary>The check is read-only, and opens what is sealed.</summary>
[Trait("Engine", "Sqlite")]
public sealed class InspectionTests : IDisposable
{
    private readonly VaultDirectory _directory = new();
    private readonly List<SetupIntent> _tokens = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SetModes(readOnly: false);
        _directory.Dispose();
    }

    [Fact]
    public async Task A_closed_database_stays_as_it_is_to_the_byte_and_so_does_its_directory()
    {
        await FillAsync(3);
        var before = Snapshot();

        var check = await CheckAsync();

        check.Faults.ShouldBeEmpty();
        (check.Cards, check.CheckedCards).ShouldBe((3, 3));
        Snapshot().ShouldBe(before);
    }

    [Fact]
    public async Task A_copy_that_nobody_may_write_is_checked()
    {
        await FillAsync(2);
        SetModes(readOnly: true);
        var before = Snapshot();

        (await CheckAsync()).Faults.ShouldBeEmpty();

        Snapshot().ShouldBe(before);
    }

    [Fact]
    public async Task Beside_a_vault_that_is_open_it_sees_what_is_in_the_log_and_changes_neither_file()
    {
        await using var vault = await TestVault.OpenAsync(_directory);
        await CreateAsync(vault, 2);
        var before = Hash(_directory.DatabaseFile) + Hash(_directory.DatabaseFile + "-wal");

        var check = await CheckAsync();

        check.Faults.ShouldBeEmpty();
        check.CheckedCards.ShouldBe(2);
        (Hash(_directory.DatabaseFile) + Hash(_directory.DatabaseFile + "-wal")).ShouldBe(before);
    }

    [Fact]
    public async Task An_older_schema_is_not_migrated_but_said()
    {
        await FillAsync(1);
        OldDatabase.MakeOf(_directory);
        var before = Snapshot();

        var refusal = await Should.ThrowAsync<StartRefusedException>(CheckAsync);

        refusal.Faults.ShouldHaveSingleItem().ShouldEndWith("Run migrate, or start the service, first.");
        Snapshot().ShouldBe(before);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_made()
    {
        await Should.ThrowAsync<StartRefusedException>(CheckAsync);

        File.Exists(_directory.DatabaseFile).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_the_root_key_it_says_so_and_checks_the_rest()
    {
        await FillAsync(1);
        _directory.ReplaceRootKey(RandomNumberGenerator.GetBytes(32));

        var check = await CheckAsync();

        check.Cards.ShouldBeNull();
        check.Faults.Count.ShouldBe(2);
        check.Faults[0].ShouldStartWith("Data key 1 was wrapped by root key ");
        check.Faults[1].ShouldBe("The data keys could not be unwrapped: no seal was checked and no card opened.");
    }

    [Fact]
    public async Task A_missing_data_key_is_a_finding_and_is_not_made()
    {
        await FillAsync(1);
        _directory.Execute("DELETE FROM data_keys WHERE purpose = 'Identifier' AND environment = 0");
        var before = Snapshot();

        (await CheckAsync()).Faults.ShouldContain(fault => fault.StartsWith("Data key ", StringComparison.Ordinal) && fault.Contains("is missing", StringComparison.Ordinal));

        Snapshot().ShouldBe(before);
    }

    [Theory]
    [InlineData("card_record = zeroblob(55)", "its sealed card does not open")]
    [InlineData("card_record = x''", "its sealed card does not open")]
    [InlineData("card_record = substr(card_record, 1, 54)", "its sealed card does not open")]
    [InlineData("card_record = CAST(card_record || x'00' AS BLOB)", "its sealed card does not open")]
    [InlineData("card_record = unhex(substr(hex(card_record), 1, 34) || printf('%076d', 0))", "its sealed card does not open")]
    [InlineData("card_record = (SELECT o.card_record FROM setup_intents o WHERE o.id > setup_intents.id ORDER BY o.id LIMIT 1)", "its sealed card does not open")]
    [InlineData("card_record = NULL", "its row is not what was sealed")]
    [InlineData("card_last_four = '0000'", "its sealed card is not the card that its row describes")]
    [InlineData("card_fingerprint = zeroblob(32)", "its sealed card is not the card that its row describes")]
    [InlineData("status = 'Unheard'", "its row holds what the vault never stores")]
    [InlineData("metadata = '{'", "its row holds what the vault never stores")]
    [InlineData("card_expiry = 209913", "its row")]
    public async Task A_damaged_token_is_named_by_its_token_and_internal_id_and_nothing_of_its_card(string damage, string what)
    {
        await FillAsync(3);
        _directory.Tamper($"UPDATE setup_intents SET {damage} WHERE id = (SELECT MIN(id) FROM setup_intents)");
        var id = _directory.Single("SELECT MIN(id) FROM setup_intents");

        var faults = (await CheckAsync()).Faults;

        faults.Where(fault => fault.StartsWith($"Token {_tokens[0].Id} (internal id {id})", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain(what);
        faults.ShouldAllBe(fault => !fault.Contains("1111", StringComparison.Ordinal) && !fault.Contains(_tokens[1].Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sample_opens_no_more_than_it_says_and_says_of_how_many()
    {
        await FillAsync(7);

        foreach (var (sample, least) in new[] { (1, 1), (2, 1), (3, 2), (7, 7), (100, 7) })
        {
            var check = await CheckAsync(sample);
            check.Cards.ShouldBe(7);
            check.CheckedCards.ShouldBeInRange(least, Math.Min(sample, 7));
        }
    }

    [Fact]
    public async Task The_command_prints_what_it_opened_and_ends_with_1_where_a_card_does_not()
    {
        await FillAsync(2);
        using var program = new PortalProgram();
        program.Environment["Portal__DataDirectory"] = _directory.Data;
        program.Environment["Vault__KeyDirectory"] = _directory.Keys;
        var before = Snapshot();

        var whole = await program.RunAsync("Production", "database", "check");

        (whole.ExitCode, whole.Errors).ShouldBe((0, ""));
        whole.Output.ShouldEndWith($"{Environment.NewLine}Opened 2 of 2 sealed cards.{Environment.NewLine}The database is intact.{Environment.NewLine}");
        Snapshot().ShouldBe(before);

        _directory.Tamper("UPDATE setup_intents SET card_record = zeroblob(55)");
        var damaged = await program.RunAsync("Production", "database", "check", "--sample", "1");
        damaged.ExitCode.ShouldBe(1);
        damaged.Output.ShouldContain("its sealed card does not open");
        damaged.Output.ShouldContain("Opened 1 of 2 sealed cards.");

        (await program.RunAsync("Production", "database", "check", "--sample", "0")).ExitCode.ShouldBe(2);
    }

    private static async Task CreateAsync(TestVault vault, int count, List<SetupIntent> tokens)
    {
        var tenant = await vault.NewTenantAsync();
        for (var index = 0; index < count; index++)
        {
            using var request = VaultSamples.Request($"Booking {index}");
            tokens.Add((await vault.Get<ISetupIntentService>().CreateAsync(new Caller(tenant, "key:1"), request, null)).Value!);
        }
    }

    private static string Hash(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Convert.ToHexString(SHA256.HashData(file));
    }

    private Task CreateAsync(TestVault vault, int count) => CreateAsync(vault, count, _tokens);

    private async Task FillAsync(int count)
    {
        await using var vault = await TestVault.OpenAsync(_directory);
        await CreateAsync(vault, count);
    }

    private Task<CheckedVault> CheckAsync() => CheckAsync(sample: null);

    private async Task<CheckedVault> CheckAsync(int? sample)
    {
        await using var vault = await TestVault.OpenAsync(_directory, use: VaultUse.Inspection);
        return await vault.Get<IVaultCheck>().CheckAsync(sample, Ct);
    }

    private List<string> Snapshot() =>
        [.. Directory.EnumerateFileSystemEntries(_directory.Data).Order(StringComparer.Ordinal).Select(path => $"{Path.GetFileName(path)} {File.GetLastWriteTimeUtc(path):O} {Hash(path)}")];

    private void SetModes(bool readOnly)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(_directory.Data))
        {
            return;
        }

        var write = readOnly ? UnixFileMode.None : UnixFileMode.UserWrite;
        foreach (var path in Directory.EnumerateFiles(_directory.Data))
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | write);
        }

        File.SetUnixFileMode(_directory.Data, UnixFileMode.UserRead | UnixFileMode.UserExecute | write);
    }
}
