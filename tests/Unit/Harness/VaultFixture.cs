namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>One open vault for all tests of a class that only add to it.</summary>
public sealed class VaultFixture : IAsyncLifetime
{
    internal TestVault Vault { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Vault = await TestVault.OpenAsync();

    public ValueTask DisposeAsync() => Vault.DisposeAsync();
}
