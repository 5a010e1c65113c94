using System.Security.Cryptography;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Integrity;

/// <summary>Checks for each token that its row matches its seal and that its card opens. Holds only one batch and one card in memory.</summary>
internal sealed class StoredTokenCheck(IIntegrityStore integrity, SetupIntentIds ids, CardOpening opening)
{
    private const int BatchSize = 500;

    // If everything is damaged, a complete list does not help.
    private const int MostNamed = 1000;

    /// <summary>Checks all tokens, and opens the cards of all or of a sample.</summary>
    public async Task<CheckedVault> CheckAsync(int? sample, CancellationToken ct)
    {
        var cards = await integrity.CountCardsAsync(ct);
        var step = sample is { } most ? Math.Max(1, (cards + most - 1) / most) : 1;
        var untilNext = step == 1 ? 0 : RandomNumberGenerator.GetInt32((int)Math.Min(step, int.MaxValue));
        var (faults, unnamed, opened) = (new List<string>(), 0L, 0L);
        for (var batch = await integrity.ListTokensAsync(long.MinValue, BatchSize, ct);
             batch.Count > 0;
             batch = await integrity.ListTokensAsync(batch[^1].RecordId, BatchSize, ct))
        {
            foreach (var token in batch)
            {
                var opens = token.Intent?.Card?.SealedRecord is not null && untilNext-- == 0;
                if (opens)
                {
                    untilNext = (int)Math.Min(step - 1, int.MaxValue);
                    opened++;
                }

                if (await FindFaultAsync(token, opens) is { } fault)
                {
                    if (faults.Count < MostNamed)
                    {
                        faults.Add(fault);
                    }
                    else
                    {
                        unnamed++;
                    }
                }
            }
        }

        if (unnamed > 0)
        {
            faults.Add($"{unnamed} more tokens were changed or do not open.");
        }

        return new CheckedVault(faults, cards, opened);
    }

    private async Task<string?> FindFaultAsync(StoredToken token, bool opens)
    {
        var name = $"Token {ids.TokenOf(token.Environment, token.RecordId)} (internal id {token.RecordId})";
        if (token.Intent is null)
        {
            return $"{name}: its row holds what the vault never stores.";
        }

        var card = opens ? await opening.FindFaultAsync(token.Intent) : null;
        return (card, token.IsGenuine) switch
        {
            (null, true) => null,
            (null, false) => $"{name}: its row is not what was sealed. It was changed, or put back from an older copy.",
            (_, true) => $"{name}: its sealed card {card}.",
            _ => $"{name}: its row is not what was sealed, and its sealed card {card}.",
        };
    }
}
