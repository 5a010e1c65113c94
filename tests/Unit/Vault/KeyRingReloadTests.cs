using System.Security.Cryptography;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Vault;

namespace Dojo.Pci.Tests.Unit.Vault;

public sealed class KeyRingReloadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_look_up_that_began_before_a_rotation_does_not_bring_the_retired_key_back()
    {
        var store = new MemoryStore();
        using var ring = new KeyRing(new FixedRoot(), store, new ManualClock());
        await ring.LoadAsync(Ct);
        var old = (await ring.TakeCardKeyAsync(TenantEnvironment.Sandbox, Ct)).Id;
        await store.AddUsesAsync(old, 1 << 28, Ct);
        for (var i = 1; i < 65_536; i++)
        {
            (await ring.TakeCardKeyAsync(TenantEnvironment.Sandbox, Ct)).Id.ShouldBe(old);
        }

        // What it has read of the store is from before the rotation, and arrives after it.
        var resume = store.HoldNextListing();
        var lookUp = ring.FindAsync(keyId: 12_345, Ct).AsTask();
        var rotation = ring.TakeCardKeyAsync(TenantEnvironment.Sandbox, Ct).AsTask();
        resume();
        (await lookUp).ShouldBeNull();
        (await rotation).Id.ShouldNotBe(old);

        (await ring.TakeCardKeyAsync(TenantEnvironment.Sandbox, Ct)).Id.ShouldNotBe(old);
    }

    private sealed class FixedRoot : IRootKeyProvider
    {
        private readonly byte[] _key = RandomNumberGenerator.GetBytes(RootKey.Length);

        public RootKey Load() => new(_key);
    }

    /// <summary>Answers at once, so that everything but a held listing happens in the order of the test.</summary>
    private sealed class MemoryStore : IDataKeyStore
    {
        private readonly SortedDictionary<int, WrappedDataKey> _keys = [];
        private TaskCompletionSource? _held;

        public Action HoldNextListing()
        {
            _held = new TaskCompletionSource();
            return _held.SetResult;
        }

        public async Task<IReadOnlyList<WrappedDataKey>> ListAsync(CancellationToken ct)
        {
            WrappedDataKey[] listed = [.. _keys.Values];
            await (Interlocked.Exchange(ref _held, null)?.Task ?? Task.CompletedTask);
            return listed;
        }

        public Task<bool> TryInsertAsync(WrappedDataKey key, CancellationToken ct) => Task.FromResult(_keys.TryAdd(key.Description.Id, key));

        public Task<bool> TryReplaceAsync(WrappedDataKey retired, WrappedDataKey successor, CancellationToken ct)
        {
            _keys[retired.Description.Id] = retired;
            return TryInsertAsync(successor, ct);
        }

        public Task<long> AddUsesAsync(int keyId, int uses, CancellationToken ct)
        {
            _keys[keyId] = _keys[keyId] with { Uses = _keys[keyId].Uses + uses };
            return Task.FromResult(_keys[keyId].Uses);
        }
    }
}
