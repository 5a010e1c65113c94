using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Sqlite;

namespace Dojo.Pci.Tests.Unit.Storage;

public sealed class SqliteSetupIntentStoreTests : SetupIntentStoreContract
{
    private protected override Task<TestVault> OpenAsync() => TestVault.OpenAsync();

    private protected override Task<IReadOnlyList<SetupIntentEvent>> EventsOfAsync(TestVault vault, long recordId) =>
        vault.Get<IDatabase>().ReadAsync<IReadOnlyList<SetupIntentEvent>>(
            connection =>
            [
                .. connection.Query<(string Type, long At, string Actor, string Cause, string? TransactionId, string? AuthCode)>(
                    "SELECT type, at, actor, cause, transaction_id, auth_code FROM setup_intent_events WHERE setup_intent_id = @recordId ORDER BY position", new { recordId })
                    .Select(row => new SetupIntentEvent(
                        Enum.Parse<SetupIntentEventType>(row.Type), DateTimeOffset.UnixEpoch.AddMicroseconds(row.At), row.Actor, row.Cause, row.TransactionId, row.AuthCode)),
            ],
            Ct);
}
