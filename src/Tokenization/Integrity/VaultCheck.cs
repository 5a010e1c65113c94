using System.Security.Cryptography;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tokenization.Integrity;

internal sealed class VaultCheck(
    IIntegrityStore integrity, ISetupIntentStore store, ITokenSearchStore found, ITokenCounts counts, SetupIntentIds ids, CardOpening opening) : IVaultCheck
{
    private const int Tries = 3;

    public async Task<IReadOnlyList<string>> FindFaultsAsync(CancellationToken ct) =>
        [.. await integrity.FindFaultsAsync(ct), .. await CompareAsync(ct)];

    public async Task<CheckedTokens> CheckTokensAsync(IReadOnlyCollection<string> tokens, CancellationToken ct)
    {
        var (missing, closed) = (new List<string>(), new List<string>());
        foreach (var token in tokens)
        {
            var environment = ids.EnvironmentOf(token);
            if (await store.FindPublicAsync(environment, ids.RecordIdOf(environment, token), ct) is not { } stored)
            {
                missing.Add(token);
            }
            else if (!await OpensAsync(stored))
            {
                closed.Add(token);
            }
        }

        return new CheckedTokens(missing, closed);
    }

    private async Task<bool> OpensAsync(StoredSetupIntent stored)
    {
        try
        {
            if (stored.Card?.SealedRecord is null)
            {
                return false;
            }

            using var card = await opening.OpenAsync(stored);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // What is written behind against what it is written from. Each is read by itself, so they compare only where nothing was written meanwhile.
    private async Task<IReadOnlyList<string>> CompareAsync(CancellationToken ct)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var before = await integrity.CountTokensAsync(ct);
            var faults = new List<string>();
            foreach (var (tenant, tokens) in before)
            {
                var listed = await found.CountAsync(tenant, new TokenSearch(), int.MaxValue, ct);
                var counted = (await counts.ListAsync(tenant, fromHour: 0, ct)).Sum(hour => hour.Tokens);
                if (listed != tokens || counted != tokens)
                {
                    faults.Add($"Location {tenant.Location.Value} has {tokens} tokens in {tenant.Environment}, of which lists show {listed} and figures count {counted}.");
                }
            }

            if (before.SequenceEqual(await integrity.CountTokensAsync(ct)))
            {
                return faults;
            }
        }

        return [];
    }
}
