using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Vault;

namespace Dojo.Pci.Tokenization;

internal sealed class OpenedVault(IDatabase database, KeyRing keys, ISetupIntentStore setupIntents, RecordIdSequence sequence, AcquirerConnector acquirer) : IVault
{
    public bool HasKeys => keys.IsLoaded;

    public UnavailableException? Outage => database.Outage;

    public int WaitingForAcquirer => acquirer.Waiting;

    public Task<UnavailableException?> CheckAsync() => database.CheckAsync();

    public async Task OpenAsync(VaultUse use, CancellationToken ct)
    {
        database.Open(use);
        await keys.LoadAsync(ct);
        sequence.ContinueAfter(await setupIntents.FindLastRecordIdAsync(ct));
    }
}
