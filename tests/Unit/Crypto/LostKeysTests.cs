using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.SetupIntents;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.Crypto;

/// <summary>Keys are created in an empty database and by rotation. A key that was lost, revived or restored prevents the start, with an error that names it.</summary>
public sealed class LostKeysTests : IDisposable
{
    private readonly VaultDirectory _directory = new();
    private readonly FakeTimeProvider _clock = Clocks.New();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Purposes =>
        [.. from purpose in Enum.GetNames<DataKeyPurpose>() from environment in new[] { 0, 1 } select (purpose, environment)];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Purposes))]
    public async Task A_key_whose_row_was_deleted_is_missed_by_name_and_not_replaced(string purpose, int environment)
    {
        await OpenAndCloseAsync();
        var id = Single($"SELECT id FROM data_keys WHERE purpose = '{purpose}' AND environment = {environment}");
        _directory.Execute($"DELETE FROM data_keys WHERE id = {id}");

        (await RefusalAsync()).ShouldHaveSingleItem().ShouldStartWith($"Data key {id} ({purpose}, {(TenantEnvironment)environment}, Active, ");
        Single("SELECT COUNT(*) FROM data_keys").ShouldBe(13);
    }

    [Theory]
    [InlineData("DELETE FROM data_keys")]
    [InlineData("DELETE FROM data_keys; DELETE FROM data_key_manifest")]
    public async Task A_database_that_holds_data_gets_no_new_keys(string loss)
    {
        await using (var vault = await OpenAsync())
        {
            await vault.NewTenantAsync();
        }

        _directory.Execute(loss);

        (await RefusalAsync()).ShouldNotBeEmpty();
        Single("SELECT COUNT(*) FROM data_keys").ShouldBe(0);
    }

    [Fact]
    public async Task A_manifest_that_was_deleted_is_not_made_anew()
    {
        await OpenAndCloseAsync();
        _directory.Execute("DELETE FROM data_key_manifest");

        (await RefusalAsync()).ShouldBe(["The manifest of the data keys is missing: its row in the database was deleted."]);
    }

    [Theory]
    [InlineData("UPDATE data_key_manifest SET version = version + 1")]
    [InlineData("UPDATE data_key_manifest SET content = replace(content, 'Active', 'Retired')")]
    [InlineData("UPDATE data_key_manifest SET content = content || '\n99 Card 0 Active 0'")]
    [InlineData("UPDATE data_key_manifest SET mac = zeroblob(32)")]
    [InlineData("UPDATE data_key_manifest SET mac = x''")]
    public async Task A_manifest_that_was_changed_refuses_the_start(string change)
    {
        await OpenAndCloseAsync();
        _directory.Execute(change);

        (await RefusalAsync()).ShouldBe(["The manifest of the data keys does not authenticate: its row in the database was changed."]);
    }

    [Fact]
    public async Task A_retired_key_that_was_put_back_as_it_was_refuses_the_start()
    {
        await OpenAndCloseAsync();
        _directory.Execute("CREATE TABLE copy AS SELECT * FROM data_keys");
        await RotateAsync();
        _directory.Execute("DELETE FROM data_keys WHERE id = 15; DELETE FROM data_keys WHERE id = 1; INSERT INTO data_keys SELECT * FROM copy WHERE id = 1");

        var faults = await RefusalAsync();

        faults.Count.ShouldBe(2);
        faults[0].ShouldStartWith("Data key 15 (Card, Sandbox, Active, ");
        faults[1].ShouldStartWith("Data key 1 is Card, Sandbox, Active, ");
        faults[1].ShouldContain("but Card, Sandbox, Retired, ");
    }

    [Fact]
    public async Task A_manifest_of_an_older_copy_refuses_the_start_and_names_the_keys_it_does_not_know()
    {
        await OpenAndCloseAsync();
        _directory.Execute("CREATE TABLE copy AS SELECT * FROM data_key_manifest");
        await RotateAsync();
        _directory.Execute("DELETE FROM data_key_manifest; INSERT INTO data_key_manifest SELECT * FROM copy");

        (await RefusalAsync()).ShouldContain(fault => fault.StartsWith("Data key 15 (Card, Sandbox, Active, ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_and_manifest_of_an_older_copy_refuse_the_start_where_cards_were_sealed_since()
    {
        await OpenAndCloseAsync();
        _directory.Execute("CREATE TABLE keys_copy AS SELECT * FROM data_keys; CREATE TABLE manifest_copy AS SELECT * FROM data_key_manifest");
        await using (var vault = await OpenAsync())
        {
            _clock.Advance(TimeSpan.FromDays(400));
            await TokenizeAsync(vault);
        }

        _directory.Execute("""
            DELETE FROM data_keys; INSERT INTO data_keys SELECT * FROM keys_copy;
            DELETE FROM data_key_manifest; INSERT INTO data_key_manifest SELECT * FROM manifest_copy
            """);

        (await RefusalAsync()).ShouldBe(["Data key 15 is missing: cards are sealed with it. Keys and manifest were put back from an older copy."]);
    }

    [Theory]
    [InlineData("INSERT INTO data_keys SELECT 99, purpose, environment, 'Retired', created_at, root_key_id, wrapped, 0 FROM data_keys WHERE id = 1", "Data key 99 ")]
    [InlineData("INSERT INTO data_keys SELECT 99, 'Other', environment, state, created_at, root_key_id, wrapped, 0 FROM data_keys WHERE id = 1", "Data key 99 ")]
    [InlineData("INSERT INTO data_keys SELECT 99999999999, 'Card', environment, 'Retired', created_at, root_key_id, wrapped, 0 FROM data_keys WHERE id = 1", "Data key 99999999999 ")]
    public async Task A_row_that_was_added_refuses_the_start(string addition, string named)
    {
        await OpenAndCloseAsync();
        _directory.Execute(addition);

        (await RefusalAsync()).ShouldHaveSingleItem().ShouldStartWith(named);
    }

    [Fact]
    public async Task The_manifest_counts_each_change()
    {
        await OpenAndCloseAsync();
        Single("SELECT version FROM data_key_manifest").ShouldBe(1);

        await RotateAsync();

        Single("SELECT version FROM data_key_manifest").ShouldBe(2);
        await OpenAndCloseAsync();
    }

    [Fact]
    public async Task Processes_that_start_at_once_on_an_empty_database_agree_on_its_keys()
    {
        var vaults = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TestVault.OpenAsync(_directory, _clock, use: VaultUse.Administration), Ct)));
        try
        {
            var material = await Task.WhenAll(vaults.Select(async vault => Convert.ToHexString((await vault.Get<KeyRing>().FindAsync(1, Ct))!.Material)));

            material.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
            Single("SELECT COUNT(*) FROM data_keys").ShouldBe(14);
        }
        finally
        {
            foreach (var vault in vaults)
            {
                await vault.DisposeAsync();
            }
        }
    }

    private static async Task TokenizeAsync(TestVault vault)
    {
        var tenant = await vault.NewTenantAsync();
        using var request = VaultSamples.Request();
        (await vault.Get<ISetupIntentService>().CreateAsync(new Caller(tenant, "key:1"), request, null)).IsSuccess.ShouldBeTrue();
    }

    private Task<TestVault> OpenAsync() => TestVault.OpenAsync(_directory, _clock);

    private async Task OpenAndCloseAsync() => await (await OpenAsync()).DisposeAsync();

    private async Task RotateAsync()
    {
        await using var vault = await OpenAsync();
        _clock.Advance(TimeSpan.FromDays(400));
        await vault.Get<KeyRing>().TakeCardKeyAsync(TenantEnvironment.Sandbox, Ct);
    }

    private async Task<IReadOnlyList<string>> RefusalAsync() => (await Should.ThrowAsync<StartRefusedException>(OpenAndCloseAsync)).Faults;

    private long Single(string sql) => _directory.Single(sql);
}
