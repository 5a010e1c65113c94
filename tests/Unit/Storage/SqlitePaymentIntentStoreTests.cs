using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Storage;

public sealed class SqlitePaymentIntentStoreTests : PaymentIntentStoreContract
{
    private protected override Task<TestVault> OpenAsync() => TestVault.OpenAsync();
}
