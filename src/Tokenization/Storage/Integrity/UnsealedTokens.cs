using System.Data.Common;
using Dojo.Pci.Tokenization.Storage.SetupIntents;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tokenization.Storage.Integrity;

/// <summary>
/// Seals the tokens of a database that is older than the seals. This happens once, at its first start with a program that has seals, before anything is served.
/// Transactions are short, so that the log stays short; the next start seals what an interrupted one has left.
/// </summary>
internal sealed partial class UnsealedTokens(IDatabase database, SealedTokens tokens, ILogger<UnsealedTokens> logger)
{
    private const int BatchSize = 2000;

    private const string HistorySql = $"SELECT {SetupIntentEvents.StatusByHistory} FROM setup_intents WHERE id = ?1";

    /// <summary>Seals each unsealed token in its current state, except tokens whose history contradicts their status.</summary>
    public async Task SealAllAsync()
    {
        long contradicted = 0;
        for (long? after = 0; after is { } last;)
        {
            (after, var found) = await database.WriteAsync(TenantScope.Service, connection => SealBatch(connection, last));
            contradicted += found;
        }

        if (contradicted > 0)
        {
            Log.Contradicted(logger, contradicted);
        }
    }

    private (long? Last, int Contradicted) SealBatch(DbConnection connection, long after)
    {
        var rows = SealedTokens.List(connection, after, BatchSize);
        var contradicted = 0;
        foreach (var row in rows.Where(row => row.Seal is null))
        {
            if (connection.Prepared(HistorySql).Bind(1, row.Row.Id).Query(history => history.Text(0)) is [{ } status] && status == row.Row.Status)
            {
                tokens.Seal(connection, row);
            }
            else
            {
                contradicted++;
            }
        }

        return (rows.Count == 0 ? null : rows[^1].Row.Id, contradicted);
    }

    private static partial class Log
    {
        [LoggerMessage(1402, LogLevel.Error, "{Tokens} tokens have a status that their history contradicts. They were not sealed and cannot be used: run database check.")]
        public static partial void Contradicted(ILogger logger, long tokens);
    }
}
