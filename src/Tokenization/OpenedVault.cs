using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Vault;

namespace Dojo.Pci.Tokenization;

internal sealed class OpenedVault(IDatabase database, KeyRing keys, ISetupIntentStore setupIntents, RecordIdSequence sequence) : IVault
{
    // Whoever asks whether to send requests here wants to know soon.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    public bool HasKeys => keys.IsLoaded;

    public async Task<bool> CanWriteAsync()
    {
        try
        {
            return database.IsWritable && await database.WriteAsync(_ => true).WaitAsync(s_patience);
        }
        catch (Exception exception) when (exception is UnavailableException or TimeoutException)
        {
            return false;
        }
    }

    public async Task OpenAsync(VaultUse use, CancellationToken ct)
    {
        database.Open(use);
        await keys.LoadAsync(ct);
        sequence.ContinueAfter(await setupIntents.FindLastRecordIdAsync(ct));
    }
}
