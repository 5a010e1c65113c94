using Dojo.Pci.Tests.Unit.Harness;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.PaymentIntents;

/// <summary>A vault with an acquirer that fails as the test says.</summary>
public abstract class ChargingVaultTest : IAsyncLifetime
{
    /// <summary>Ways in which an acquirer acts but its answer is lost.</summary>
    public static TheoryData<int> LostAnswers =>
    [
        (int)AcquirerBehaviour.DropAfterAccepting, (int)AcquirerBehaviour.Nonsense, (int)AcquirerBehaviour.ServerError, (int)AcquirerBehaviour.TwoOutcomes,
    ];

    private protected FakeTimeProvider Clock { get; } = Clocks.New();

    private protected ChargingVault Vault { get; private set; } = null!;

    private protected ReferenceAcquirer Acquirer => Vault.Acquirer;

    public async ValueTask InitializeAsync() => Vault = await ChargingVault.OpenAsync(Clock);

    public async ValueTask DisposeAsync()
    {
        await Vault.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
