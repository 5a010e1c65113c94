using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.Tokens;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Integrity;
using Microsoft.Data.Sqlite;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>The audit trail and the histories only grow, whatever form of SQL is tried on them: SQLite has several that delete implicitly.</summary>
[Trait("Engine", "Sqlite")]
public sealed class AppendOnlyTablesTests : IAsyncLifetime
{
    private TokenVault _vault = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _vault = await TokenVault.OpenAsync();
        var token = await _vault.CreateAsync();
        await _vault.DeleteAsync(token);
        for (var entry = 0; entry < 3; entry++)
        {
            await _vault.Get<IAuditStore>().RecordAsync(new AuditEntry
            {
                Account = _vault.Tenant.Account, At = TokenVault.Start, Actor = "member:1", Action = "key.created", Subject = "key:1", Succeeded = true, Detail = "first",
            });
        }
    }

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Theory]
    [InlineData("UPDATE audit_entries SET detail = 'changed' WHERE id = 2")]
    [InlineData("UPDATE OR REPLACE audit_entries SET id = 1 WHERE id = 2")]
    [InlineData("UPDATE OR IGNORE audit_entries SET detail = 'changed' WHERE id = 2")]
    [InlineData("DELETE FROM audit_entries WHERE id = 3")]
    [InlineData("DELETE FROM audit_entries")]
    [InlineData("INSERT OR REPLACE INTO audit_entries SELECT id, account_id, at, actor, action, subject, succeeded, 'changed', address, topic FROM audit_entries WHERE id = 2")]
    [InlineData("REPLACE INTO audit_entries SELECT id, account_id, at, actor, action, subject, succeeded, 'changed', address, topic FROM audit_entries WHERE id = 3")]
    [InlineData("REPLACE INTO audit_entries (rowid, account_id, at, actor, action, subject, succeeded, detail) VALUES (2, 1, 1, 'a', 'a', 'a', 1, 'changed')")]
    [InlineData("REPLACE INTO audit_entries (_rowid_, account_id, at, actor, action, subject, succeeded, detail) VALUES (2, 1, 1, 'a', 'a', 'a', 1, 'changed')")]
    [InlineData("REPLACE INTO audit_entries (oid, account_id, at, actor, action, subject, succeeded, detail) VALUES ('2', 1, 1, 'a', 'a', 'a', 1, 'changed')")]
    [InlineData("INSERT INTO audit_entries (id, account_id, at, actor, action, subject, succeeded, detail) VALUES (2, 1, 1, 'a', 'a', 'a', 1, 'changed') ON CONFLICT (id) DO UPDATE SET detail = 'changed'")]
    [InlineData("INSERT INTO audit_entries (id, account_id, at, actor, action, subject, succeeded, detail) VALUES (0, 1, 1, 'a', 'a', 'a', 1, 'before all')")]
    [InlineData("INSERT INTO audit_entries (id, account_id, at, actor, action, subject, succeeded, detail) VALUES (-1, 1, 1, 'a', 'a', 'a', 1, 'before all')")]
    [InlineData("INSERT INTO audit_entries (id, account_id, at, actor, action, subject, succeeded, detail) VALUES (9223372036854775807, 1, 1, 'a', 'a', 'a', 1, 'after all')")]
    [InlineData("UPDATE setup_intent_events SET type = 'Authorized' WHERE type = 'Closed'")]
    [InlineData("UPDATE OR REPLACE setup_intent_events SET position = 1 WHERE position = 2")]
    [InlineData("DELETE FROM setup_intent_events WHERE type = 'Closed'")]
    [InlineData("REPLACE INTO setup_intent_events (setup_intent_id, position, type, at, actor) SELECT setup_intent_id, position, 'Authorized', at, actor FROM setup_intent_events WHERE type = 'Closed'")]
    [InlineData("INSERT INTO setup_intent_events (setup_intent_id, position, type, at, actor) SELECT setup_intent_id, 7, 'Authorized', at, actor FROM setup_intent_events WHERE type = 'Closed'")]
    [InlineData("INSERT INTO setup_intent_events (setup_intent_id, position, type, at, actor) SELECT setup_intent_id, -1, 'Authorized', at, actor FROM setup_intent_events WHERE type = 'Closed'")]
    public void What_is_in_them_stays(string sql)
    {
        var before = Content();

        foreach (var recursive in new[] { "OFF", "ON" })
        {
            Should.Throw<SqliteException>(() => _vault.Vault.Directory.Execute($"PRAGMA recursive_triggers = {recursive}; {sql}")).SqliteErrorCode.ShouldBe(19);
        }

        Content().ShouldBe(before);
    }

    [Fact]
    public async Task The_trail_goes_on_without_gaps()
    {
        await _vault.Get<IAuditStore>().RecordAsync(new AuditEntry
        {
            Account = _vault.Tenant.Account, At = TokenVault.Start, Actor = "member:1", Action = "key.created", Subject = "key:1", Succeeded = true, Detail = "next",
        });

        _vault.Vault.Directory.Single("SELECT COUNT(*) = MAX(id) FROM audit_entries").ShouldBe(1);
        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("DROP TRIGGER audit_entries_no_replace", "The trigger audit_entries_no_replace is missing or was changed.")]
    [InlineData("DROP TRIGGER setup_intent_events_no_delete", "The trigger setup_intent_events_no_delete is missing or was changed.")]
    [InlineData("DROP TRIGGER audit_entries_no_update; CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries BEGIN SELECT 1; END", "The trigger audit_entries_no_update is missing or was changed.")]
    [InlineData("CREATE TRIGGER reopens AFTER UPDATE ON setup_intents BEGIN SELECT 1; END", "There is a trigger that does not belong to this program.")]
    public async Task Triggers_that_are_not_as_they_were_made_are_found(string change, string fault)
    {
        _vault.Vault.Directory.Execute(change);

        (await FindFaultsAsync()).ShouldBe([fault]);
    }

    [Fact]
    public async Task An_entry_that_is_missing_from_the_trail_is_found()
    {
        _vault.Tamper("DELETE FROM audit_entries WHERE id = 2");

        (await FindFaultsAsync()).ShouldBe(["1 entries of the audit trail are missing."]);
    }

    private async Task<IReadOnlyList<string>> FindFaultsAsync() => (await _vault.Get<IVaultCheck>().CheckAsync(sample: null, Ct)).Faults;

    private List<string> Content()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _vault.Vault.Directory.DatabaseFile, Pooling = false }.ToString());
        return
        [
            .. connection.Query<string>("SELECT id || ' ' || detail FROM audit_entries ORDER BY id"),
            .. connection.Query<string>("SELECT setup_intent_id || ' ' || position || ' ' || type FROM setup_intent_events ORDER BY 1"),
        ];
    }
}
