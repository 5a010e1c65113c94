using System.Data.Common;
using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.SetupIntents;

/// <summary>A status of a setup intent that the database itself recorded.</summary>
internal sealed record SeenStatus(string Status, DateTimeOffset At);

/// <summary>The parts of a card in its row, in hexadecimal.</summary>
internal sealed record KeptCard(string? Record, string? Fingerprint)
{
    public static KeptCard Nothing { get; } = new(null, null);
}

/// <summary>
/// Keeps a second record of the changes to setup intents, by triggers inside the database, to compare with the vault's own record of events.
/// </summary>
internal sealed class LifeLedger
{
    private readonly VaultDirectory _directory;

    public LifeLedger(VaultDirectory directory)
    {
        _directory = directory;
        directory.Execute("""
            CREATE TABLE seen_statuses (n INTEGER PRIMARY KEY, id INTEGER, status TEXT, at INTEGER);
            CREATE TABLE seen_destructions (n INTEGER PRIMARY KEY, id INTEGER);
            CREATE TRIGGER see_insert AFTER INSERT ON setup_intents BEGIN
                INSERT INTO seen_statuses (id, status, at) VALUES (NEW.id, NEW.status, NEW.updated_at);
            END;
            CREATE TRIGGER see_status AFTER UPDATE ON setup_intents WHEN OLD.status <> NEW.status BEGIN
                INSERT INTO seen_statuses (id, status, at) VALUES (NEW.id, NEW.status, NEW.updated_at);
            END;
            CREATE TRIGGER see_destruction AFTER UPDATE ON setup_intents WHEN OLD.card_record IS NOT NULL AND NEW.card_record IS NULL BEGIN
                INSERT INTO seen_destructions (id) VALUES (NEW.id);
            END;
            """);
    }

    public IReadOnlyList<SeenStatus> StatusesOf(long recordId)
    {
        using var connection = Open();
        return
        [
            .. connection.Query<(string Status, long At)>("SELECT status, at FROM seen_statuses WHERE id = @recordId ORDER BY n", new { recordId })
                .Select(row => new SeenStatus(row.Status, DateTimeOffset.UnixEpoch.AddMicroseconds(row.At))),
        ];
    }

    public IReadOnlyList<SetupIntentEvent> EventsOf(long recordId)
    {
        using var connection = Open();
        return
        [
            .. connection.Query<(string Type, long At, string Actor, string Cause)>(
                "SELECT type, at, actor, cause FROM setup_intent_events WHERE setup_intent_id = @recordId ORDER BY position", new { recordId })
                .Select(row => new SetupIntentEvent(Enum.Parse<SetupIntentEventType>(row.Type), DateTimeOffset.UnixEpoch.AddMicroseconds(row.At), row.Actor, row.Cause)),
        ];
    }

    /// <summary>The number of times that a sealed card was removed.</summary>
    public int DestructionsOf(long recordId)
    {
        using var connection = Open();
        return connection.ExecuteScalar<int>("SELECT COUNT(*) FROM seen_destructions WHERE id = @recordId", new { recordId });
    }

    /// <summary>The parts of a card in the row: its sealed record and its fingerprint.</summary>
    public KeptCard CardOf(long recordId)
    {
        using var connection = Open();
        var (record, fingerprint) = connection.QuerySingle<(byte[]? Record, byte[]? Fingerprint)>(
            "SELECT card_record, card_fingerprint FROM setup_intents WHERE id = @recordId", new { recordId });
        return new KeptCard(record is null ? null : Convert.ToHexString(record), fingerprint is null ? null : Convert.ToHexString(fingerprint));
    }

    /// <summary>Makes the database refuse events of a type from now on.</summary>
    public void RefuseEvents(SetupIntentEventType type) => _directory.Execute($"""
        CREATE TRIGGER refuse_{type} BEFORE INSERT ON setup_intent_events WHEN NEW.type = '{type}' BEGIN
            SELECT RAISE(ABORT, 'refused by a test');
        END;
        """);

    private DbConnection Open() => _directory.Database.Connect();
}
