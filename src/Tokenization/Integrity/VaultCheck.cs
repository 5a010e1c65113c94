using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tokenization.Integrity;

internal sealed class VaultCheck(
    IIntegrityStore integrity, KeyRing keys, StoredTokenCheck stored, ISetupIntentStore store, ITokenSearchStore found, ITokenCounts counts, SetupIntentIds ids, CardOpening opening)
    : IVaultCheck
{
    private const int Tries = 3;

    public async Task<CheckedVault> CheckAsync(int? sample, CancellationToken ct)
    {
        var faults = new List<string>(await integrity.FindFaultsAsync(ct));
        faults.AddRange(await CompareAsync(ct));
        var tokens = await CheckTokensAsync(faults, sample, ct);
        if (integrity.WasDisturbed)
        {
            faults.Add("Another program has opened the database meanwhile, so what was found may be wrong. Check again.");
        }

        return tokens with { Faults = faults };
    }

    public async Task<CheckedTokens> CheckTokensAsync(IReadOnlyCollection<string> tokens, CancellationToken ct)
    {
        var (missing, closed) = (new List<string>(), new List<string>());
        foreach (var token in tokens)
        {
            try
            {
                var environment = ids.EnvironmentOf(token);
                if (await store.FindPublicAsync(environment, ids.RecordIdOf(environment, token), ct) is not { } intent)
                {
                    missing.Add(token);
                }
                else if (intent.Card?.SealedRecord is null || await opening.FindFaultAsync(intent) is not null)
                {
                    closed.Add(token);
                }
            }
            catch (DamagedRecordException)
            {
                closed.Add(token);
            }
        }

        return new CheckedTokens(missing, closed);
    }

    private async Task<CheckedVault> CheckTokensAsync(List<string> faults, int? sample, CancellationToken ct)
    {
        try
        {
            await keys.LoadExistingAsync(ct);
        }
        catch (StartRefusedException refused)
        {
            faults.AddRange(refused.Faults);
            faults.Add("The data keys could not be unwrapped: no seal was checked and no card opened.");
            return new CheckedVault(faults, Cards: null, CheckedCards: 0);
        }

        var tokens = await stored.CheckAsync(sample, ct);
        faults.AddRange(tokens.Faults);
        return tokens;
    }

    // Compares the lists and counts with the tokens from which they are derived. Each is read separately, so a comparison counts only if the number of
    // tokens did not change meanwhile.
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
