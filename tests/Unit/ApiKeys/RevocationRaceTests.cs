using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Nodes;

namespace Dojo.Pci.Tests.Unit.ApiKeys;

public sealed class RevocationRaceTests
{
    private static readonly Tenant s_tenant = new(new AccountId(1), new LocationId(1), TenantEnvironment.Sandbox);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_read_before_a_revocation_is_not_trusted_after_it()
    {
        var store = new OneKeyStore();
        var keys = new RecentApiKeys(store, new NodeMessages(new Node()), Clocks.New());
        var resume = store.HoldNextLookUp();

        var overtaken = keys.AuthenticateAsync(store.Secret.Reveal(), Ct).AsTask();
        store.Revoke();
        keys.Distrust();
        resume();
        await overtaken;

        (await keys.AuthenticateAsync(store.Secret.Reveal(), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_in_use_is_not_looked_up_for_each_request()
    {
        var store = new OneKeyStore();
        var keys = new RecentApiKeys(store, new NodeMessages(new Node()), Clocks.New());
        for (var i = 0; i < 100; i++)
        {
            (await keys.AuthenticateAsync(store.Secret.Reveal(), Ct)).ShouldNotBeNull();
        }

        store.LookUps.ShouldBe(1);
    }

    [Fact]
    public async Task Keys_that_do_not_exist_are_looked_up_each_time_so_that_none_is_remembered()
    {
        var store = new OneKeyStore();
        var keys = new RecentApiKeys(store, new NodeMessages(new Node()), Clocks.New());
        for (var i = 0; i < 3; i++)
        {
            (await keys.AuthenticateAsync("unknown", Ct)).ShouldBeNull();
        }

        store.LookUps.ShouldBe(3);
    }

    [Fact]
    public async Task A_store_that_answers_with_another_key_lets_nobody_in()
    {
        var store = new OneKeyStore { AnswersAnything = true };

        (await new RecentApiKeys(store, new NodeMessages(new Node()), Clocks.New()).AuthenticateAsync("unknown", Ct)).ShouldBeNull();
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

        public void Revoke() => _revoked = true;

        public async Task<StoredApiKey?> FindByHashAsync(byte[] hash, CancellationToken ct)
        {
            LookUps++;
            var found = !_revoked && (AnswersAnything || hash.SequenceEqual(Secret.Hash()))
                ? new StoredApiKey(new ApiKey(new ApiKeyId(1), s_tenant, "Key", ApiKeyScopes.All, Secret.LastFour, DateTimeOffset.UnixEpoch, null, []), Secret.Hash())
                : null;
            await (Interlocked.Exchange(ref _held, null)?.Task ?? Task.CompletedTask);
            return found;
        }

        public Task<IReadOnlyList<ManagedApiKey>> ListAsync(Tenant tenant, CancellationToken ct) => throw new NotSupportedException();

        public Task<ManagedApiKey?> FindAsync(Tenant tenant, ApiKeyId id, CancellationToken ct) => throw new NotSupportedException();

        public Task<bool> WasSentAsync(AccountId account, string formId, CancellationToken ct) => throw new NotSupportedException();

        public Task<ManagedApiKey?> InsertAsync(ApiKeyInsertion insertion) => throw new NotSupportedException();

        public Task<ApiKeyOutcome> UpdateAsync(ApiKeyChange change) => throw new NotSupportedException();

        public Task<(ApiKeyOutcome Outcome, ManagedApiKey? Successor)> RollAsync(ApiKeyChange change, ApiKeyInsertion successor) => throw new NotSupportedException();
    }
}
