using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tests.Unit.ApiKeys;

public sealed class RevocationRaceTests
{
    private static readonly Tenant s_tenant = new(new AccountId(1), new LocationId(1), TenantEnvironment.Sandbox);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_read_before_a_revocation_is_not_trusted_after_it()
    {
        var store = new OneKeyStore();
        var service = new ApiKeyService(store, new ManualClock());
        var resume = store.HoldNextLookUp();

        var overtaken = service.AuthenticateAsync(store.Secret.Reveal(), Ct).AsTask();
        (await service.RevokeAsync(s_tenant, new ApiKeyId(1), Ct)).ShouldBeTrue();
        resume();
        await overtaken;

        (await service.AuthenticateAsync(store.Secret.Reveal(), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_in_use_is_not_looked_up_for_each_request()
    {
        var store = new OneKeyStore();
        var service = new ApiKeyService(store, new ManualClock());
        for (var i = 0; i < 100; i++)
        {
            (await service.AuthenticateAsync(store.Secret.Reveal(), Ct)).ShouldNotBeNull();
        }

        store.LookUps.ShouldBe(1);
    }

    [Fact]
    public async Task Keys_that_do_not_exist_are_looked_up_each_time_so_that_none_is_remembered()
    {
        var store = new OneKeyStore();
        var service = new ApiKeyService(store, new ManualClock());
        for (var i = 0; i < 3; i++)
        {
            (await service.AuthenticateAsync("unknown", Ct)).ShouldBeNull();
        }

        store.LookUps.ShouldBe(3);
    }

    [Fact]
    public async Task A_store_that_answers_with_another_key_lets_nobody_in()
    {
        var store = new OneKeyStore { AnswersAnything = true };

        (await new ApiKeyService(store, new ManualClock()).AuthenticateAsync("unknown", Ct)).ShouldBeNull();
    }

    private sealed class OneKeyStore : IApiKeyStore
    {
        private TaskCompletionSource? _held;
        private bool _revoked;

        public ApiKeySecret Secret { get; } = ApiKeySecret.Generate(TenantEnvironment.Sandbox);

        public bool AnswersAnything { get; init; }

        public int LookUps { get; private set; }

        public Action HoldNextLookUp()
        {
            _held = new TaskCompletionSource();
            return _held.SetResult;
        }

        public Task<IReadOnlyList<ApiKey>> ListAsync(AccountId account, LocationId location, CancellationToken ct) => throw new NotSupportedException();

        public Task<ApiKeyId> InsertAsync(NewApiKey key, byte[] hash, string lastFour, DateTimeOffset createdAt, CancellationToken ct) => throw new NotSupportedException();

        public async Task<StoredApiKey?> FindByHashAsync(byte[] hash, CancellationToken ct)
        {
            LookUps++;
            var found = !_revoked && (AnswersAnything || hash.SequenceEqual(Secret.Hash()))
                ? new StoredApiKey(new ApiKey(new ApiKeyId(1), s_tenant, "Key", ApiKeyScopes.All, Secret.LastFour, DateTimeOffset.UnixEpoch, null, []), Secret.Hash())
                : null;
            await (Interlocked.Exchange(ref _held, null)?.Task ?? Task.CompletedTask);
            return found;
        }

        public Task<byte[]?> RevokeAsync(Tenant tenant, ApiKeyId id, DateTimeOffset at, CancellationToken ct)
        {
            _revoked = true;
            return Task.FromResult<byte[]?>(Secret.Hash());
        }
    }
}
