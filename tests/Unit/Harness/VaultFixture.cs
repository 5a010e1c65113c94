namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>One open vault shared by the tests of a class, which only add to it.</summary>
public sealed class VaultFixture : IAsyncLifetime
{
    internal TestVault Vault { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Vault = await TestVault.OpenAsync();

    public ValueTask DisposeAsync() => Vault.DisposeAsync();
}
