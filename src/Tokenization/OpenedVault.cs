using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Integrity;

namespace Dojo.Pci.Tokenization;

internal sealed class OpenedVault(
    IDatabase database, KeyRing keys, UnsealedTokens unsealed, ISetupIntentStore setupIntents, RecordIdSequence sequence, NodeRegistration registration, AcquirerConnector acquirer) : IVault
{
    public bool HasKeys => keys.IsLoaded;

    public string Engine => database.EngineVersion;

    public UnavailableException? Outage => database.Outage;

    public int WaitingForAcquirer => acquirer.Waiting;

    public Task<UnavailableException?> CheckAsync() => database.CheckAsync();

    public async Task OpenAsync(VaultUse use, CancellationToken ct)
    {
        database.Open(use);
        if (use == VaultUse.Inspection)
        {
            return;
        }

        if (use == VaultUse.Serving)
        {
            await registration.JoinAsync();
        }

        await keys.LoadAsync(ct);
        if (!keys.TokensAreSealed)
        {
            await unsealed.SealAllAsync();
            await keys.ConfirmTokensSealedAsync(ct);
        }

        sequence.ContinueAfter(await setupIntents.FindLastRecordIdAsync(ct));
    }
}
