namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>A vault and a real receiver, with a clock that stands still: whatever arrives without a step of the clock was triggered by the commit.</summary>
public abstract class DeliveringTest : IAsyncLifetime
{
    private protected Receiver Receiver { get; private set; } = null!;

    private protected DeliveringVault Vault { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Receiver = await Receiver.StartAsync();
        Vault = await DeliveringVault.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Receiver.DisposeAsync(); // first, so that nothing waits for it
        await Vault.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
