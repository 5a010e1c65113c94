using System.Data.Common;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Webhooks;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tokenization.Storage.Integrity;

/// <summary>
/// Reads and changes the sealed part of <c>setup_intents</c> rows, for the stores that change them (docs/adr/0017-authenticated-state.md). No operation
/// relies on a row that is not what was sealed, except one that only ends a token; it leaves the row without a valid seal.
/// </summary>
internal sealed class SealedTokens(TokenSealer sealer, WebhookOutbox outbox)
{
    private static readonly string s_selectSql = $"SELECT {SetupIntentRow.Columns.Names}, {SealedRow.Columns} FROM setup_intents";

    private static readonly string s_findSql = $"{s_selectSql} WHERE account_id = ?1 AND location_id = ?2 AND environment = ?3 AND id = ?4";

    private static readonly string s_findPublicSql = $"{s_selectSql} WHERE environment = ?1 AND id = ?2";

    private static readonly string s_listSql = $"{s_selectSql} WHERE id > ?1 ORDER BY id LIMIT ?2";

    private const string RetentionSql = "SELECT retention_days FROM locations WHERE account_id = ?1 AND id = ?2";

    private const string ApplySql = """
        UPDATE setup_intents
           SET status = ?6, updated_at = ?7, due_at = ?8,
               card_fingerprint = CASE WHEN ?9 <> 0 THEN card_fingerprint END,
               card_record = CASE WHEN ?10 <> 0 THEN card_record END,
               attempt_id = NULL, attempt_until = NULL, seal = ?11
         WHERE account_id = ?1 AND location_id = ?2 AND environment = ?3 AND id = ?4
           AND status = ?5 AND charged_by IS NULL
        """;

    private const string MarkSql = "UPDATE setup_intents SET charged_by = ?2, seal = ?3 WHERE id = ?1";

    private const string SealSql = "UPDATE setup_intents SET seal = ?2 WHERE id = ?1";

    /// <summary>Computes the seal of a new setup intent.</summary>
    public byte[] SealNew(StoredSetupIntent intent, int events) => sealer.Seal(SealedRow.StateOf(intent, events));

    /// <summary>Loads a tenant's row without verifying its seal; null if there is none.</summary>
    public static SealedRow? Load(DbConnection connection, Tenant tenant, long recordId) => SingleOf(
        connection.Prepared(s_findSql)
            .Bind(1, tenant.Account.Value).Bind(2, tenant.Location.Value).Bind(3, (int)tenant.Environment).Bind(4, recordId)
            .Query(SealedRow.Read));

    /// <summary>Lists the rows after an id, in the order of their ids.</summary>
    public static IReadOnlyList<SealedRow> List(DbConnection connection, long after, int limit) =>
        connection.Prepared(s_listSql).Bind(1, after).Bind(2, limit).Query(SealedRow.Read);

    /// <summary>Finds a tenant's setup intent; null if there is none.</summary>
    /// <exception cref="DamagedRecordException">The row is not what was sealed.</exception>
    public StoredSetupIntent? Find(DbConnection connection, Tenant tenant, long recordId) =>
        Load(connection, tenant, recordId) is { } row ? Genuine(row).Row.ToDomain() : null;

    /// <inheritdoc cref="Find"/>
    public StoredSetupIntent? FindPublic(DbConnection connection, TenantEnvironment environment, long recordId) =>
        SingleOf(connection.Prepared(s_findPublicSql).Bind(1, (int)environment).Bind(2, recordId).Query(SealedRow.Read)) is { } row ? Genuine(row).Row.ToDomain() : null;

    /// <summary>Whether a row is what was sealed.</summary>
    public bool IsGenuine(in SealedRow row) => sealer.IsGenuine(row.State, row.Seal);

    /// <summary>Returns the row if it is what was sealed.</summary>
    /// <exception cref="DamagedRecordException">The row is not what was sealed.</exception>
    public SealedRow Genuine(in SealedRow row) => IsGenuine(row)
        ? row
        : throw new DamagedRecordException($"The row of setup intent {row.Row.Id} is not what was sealed: it was changed, or put back from an older copy.");

    /// <summary>Computes the seal for a row's new state. If the row is not genuine, returns its old seal, which will not match.</summary>
    public byte[]? SealFor(in SealedRow row, in TokenState after) => IsGenuine(row) ? sealer.Seal(after) : row.Seal;

    /// <summary>Within a transaction: seals a row in its current state.</summary>
    public void Seal(DbConnection connection, in SealedRow row) => connection.Prepared(SealSql).Bind(1, row.Row.Id).Bind(2, sealer.Seal(row.State)).ExecuteLater();

    /// <summary>Within a transaction: makes a transition and records it, unless another change came first; then returns null.</summary>
    /// <exception cref="DamagedRecordException">The row is not what was sealed, and the transition is not caused by time.</exception>
    public StoredSetupIntent? Apply(DbConnection connection, SetupIntentLife.Transition transition)
    {
        var from = transition.From;
        if (Load(connection, from.Tenant, from.RecordId) is not { } row)
        {
            return null;
        }

        if (!transition.IsByTime)
        {
            Genuine(row);
        }

        var days = connection.Prepared(RetentionSql).Bind(1, from.Tenant.Account.Value).Bind(2, from.Tenant.Location.Value).ExecuteScalar() ?? 0;
        var after = transition.To(TimeSpan.FromDays(days));
        var (tenant, status, updatedAt) = (after.Tenant, Enum.GetName(after.Status)!, UnixTime.Of(after.UpdatedAt));
        var seal = SealFor(row, row.State with
        {
            Status = status,
            UpdatedAt = updatedAt,
            Events = row.Events + 1,
            HasCard = row.Row.CardRecord is not null && after.Card?.SealedRecord is not null,
            AttemptId = null,
        });
        var applied = connection.Prepared(ApplySql)
            .Bind(1, tenant.Account.Value).Bind(2, tenant.Location.Value).Bind(3, (int)tenant.Environment).Bind(4, after.RecordId).Bind(5, Enum.GetName(from.Status))
            .Bind(6, status).Bind(7, updatedAt).Bind(8, UnixTime.Of(after.DueAt))
            .Bind(9, after.Card?.Fingerprint is null ? 0 : 1).Bind(10, after.Card?.SealedRecord is null ? 0 : 1).Bind(11, seal)
            .Execute();
        if (applied == 0)
        {
            return null;
        }

        SetupIntentEvents.Append(connection, after.RecordId, transition.Event);
        outbox.Append(connection, after, WebhookEvents.SetupIntentStatusUpdated, transition.Event.At);
        return after;
    }

    /// <summary>Within a transaction: records the payment intent that charges a row; null for none.</summary>
    public void Mark(DbConnection connection, in SealedRow row, long? chargedBy) => connection.Prepared(MarkSql)
        .Bind(1, row.Row.Id)
        .Bind(2, chargedBy)
        .Bind(3, SealFor(row, row.State with { ChargedBy = chargedBy }))
        .ExecuteLater();

    /// <summary>Within a transaction: adds an event to the history of a row whose state does not change.</summary>
    public void Append(DbConnection connection, in SealedRow row, SetupIntentEvent entry)
    {
        SetupIntentEvents.Append(connection, row.Row.Id, entry);
        connection.Prepared(SealSql).Bind(1, row.Row.Id).Bind(2, SealFor(row, row.State with { Events = row.Events + 1 })).ExecuteLater();
    }

    private static SealedRow? SingleOf(List<SealedRow> rows) => rows is [{ } row] ? row : null;
}
