using System.Security.Cryptography;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;

namespace Dojo.Pci.Tests.Unit.Crypto;

public sealed class KeyRingReloadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_look_up_that_began_before_a_rotation_does_not_bring_the_retired_key_back()
    {
        var store = new MemoryStore();
        using var ring = new KeyRing(new FixedRoot(), store, Clocks.New());
        await ring.LoadAsync(Ct);
        var old = (await ring.TakeCardKeyAsync(TenantEnvironment.Sandbox, Ct)).Id;
        await store.AddUsesAsync(old, 1 << 28, Ct);
        for (var i = 1; i < 65_536; i++)
        {
            (await ring.TakeCardKeyAsync(TenantEnvironment.Sandbox, Ct)).Id.ShouldBe(old);
        }

        // The look-up reads the store before the rotation, and its result arrives after it.
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

    /// <summary>Answers immediately, so that everything except a held listing happens in the order of the test.</summary>
    private sealed class MemoryStore : IDataKeyStore
    {
        private readonly SortedDictionary<int, WrappedDataKey> _keys = [];
        private StoredManifest? _manifest;
        private TaskCompletionSource? _held;

        public Action HoldNextListing()
        {
            _held = new TaskCompletionSource();
            return _held.SetResult;
        }

        public async Task<StoredDataKeys> ReadAsync(CancellationToken ct)
        {
            var read = new StoredDataKeys([.. _keys.Values], _manifest);
            await (Interlocked.Exchange(ref _held, null)?.Task ?? Task.CompletedTask);
            return read;
        }

        public Task<bool> HoldsDataAsync(CancellationToken ct) => Task.FromResult(false);

        public Task<bool> NeedsAsync(DataKeyPurpose purpose, TenantEnvironment environment, CancellationToken ct) => Task.FromResult(false);

        public Task<IReadOnlyList<int>> ListCardKeysInUseAsync(int? tokens, CancellationToken ct) => Task.FromResult<IReadOnlyList<int>>([]);

        public Task<bool> TryBeginAsync(IReadOnlyList<WrappedDataKey> before, IReadOnlyList<WrappedDataKey> keys, StoredManifest manifest)
        {
            foreach (var key in keys)
            {
                _keys[key.Description.Id] = key;
            }

            return TryAdvanceAsync(manifest);
        }

        public Task<bool> TryReplaceAsync(WrappedDataKey retired, WrappedDataKey successor, StoredManifest manifest)
        {
            _keys[retired.Description.Id] = retired;
            _keys[successor.Description.Id] = successor;
            return TryAdvanceAsync(manifest);
        }

        public Task<bool> TryAdvanceAsync(StoredManifest manifest)
        {
            _manifest = manifest;
            return Task.FromResult(true);
        }

        public Task<long> AddUsesAsync(int keyId, int uses, CancellationToken ct)
        {
            _keys[keyId] = _keys[keyId] with { Uses = _keys[keyId].Uses + uses };
            return Task.FromResult(_keys[keyId].Uses);
        }
    }
}
