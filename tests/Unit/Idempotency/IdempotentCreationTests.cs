using System.Globalization;
using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Dojo.Pci.Tokenization.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.Idempotency;

public sealed class IdempotentCreationTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = Clocks.New();
    private readonly VaultDirectory _directory = new();
    private readonly CountingIssuer _issuer = new();
    private TestVault _vault = null!;
    private Tenant _tenant;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _vault = await OpenAsync();
        _tenant = await _vault.NewTenantAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task However_many_ask_at_once_the_work_is_done_once_and_all_get_one_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => CreateAsync("key"), Ct)));

        (await CountAsync()).ShouldBe(1);
        _issuer.Asked.ShouldBe(1);
        answers.Where(answer => !answer.IsSuccess).ShouldAllBe(answer => answer.Refusal is Refusal.Conflict);
        answers.Where(answer => answer.IsSuccess).Select(answer => Print(answer)).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Moving_the_sandboxs_clock_makes_no_work_look_abandoned()
    {
        var resume = _issuer.HoldNext();
        var first = CreateAsync("key");
        await _issuer.WasAsked;
        (await _vault.Get<ISandboxClock>().AdvanceAsync(_tenant, TimeSpan.FromDays(1))).IsSuccess.ShouldBeTrue();

        (await CreateAsync("key")).Refusal.ShouldBeOfType<Refusal.Conflict>().Message.ShouldContain("still running");
        resume();
        (await first).IsSuccess.ShouldBeTrue();
        _issuer.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task While_the_first_is_still_running_a_second_is_told_so_and_then_gets_its_answer()
    {
        var resume = _issuer.HoldNext();
        var first = CreateAsync("key");
        await _issuer.WasAsked;

        (await CreateAsync("key")).Refusal.ShouldBeOfType<Refusal.Conflict>().Message.ShouldContain("still running");
        resume();
        Print(await first).ShouldBe(Print(await CreateAsync("key")));
        (await CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task The_answer_is_the_same_after_a_restart()
    {
        var first = Print(await CreateAsync("key"));
        await _vault.DisposeAsync();
        _vault = await OpenAsync();
        _clock.Advance(TimeSpan.FromDays(30));

        Print(await CreateAsync("key")).ShouldBe(first);
        (await CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("reference")]
    [InlineData("description")]
    [InlineData("no description")]
    [InlineData("card")]
    [InlineData("no card")]
    [InlineData("expiry")]
    [InlineData("metadata value")]
    [InlineData("metadata key")]
    [InlineData("more metadata")]
    [InlineData("empty metadata")]
    [InlineData("no metadata")]
    public async Task The_same_key_with_another_request_is_refused(string difference)
    {
        KeyValuePair<string, string>[] metadata = [new("a", "1"), new("b", "2")];
        (await CreateAsync("key", VaultSamples.Request(description: "d", metadata: metadata))).IsSuccess.ShouldBeTrue();
        var other = difference switch
        {
            "reference" => VaultSamples.Request("Booking 4712", description: "d", metadata: metadata),
            "description" => VaultSamples.Request(description: "e", metadata: metadata),
            "no description" => VaultSamples.Request(metadata: metadata),
            "card" => VaultSamples.Request(card: VaultSamples.Mastercard, description: "d", metadata: metadata),
            "no card" => VaultSamples.Request(card: null, description: "d", metadata: metadata),
            "expiry" => VaultSamples.Request(expiry: "11/29", description: "d", metadata: metadata),
            "metadata value" => VaultSamples.Request(description: "d", metadata: [new("a", "1"), new("b", "3")]),
            "metadata key" => VaultSamples.Request(description: "d", metadata: [new("a", "1"), new("c", "2")]),
            "more metadata" => VaultSamples.Request(description: "d", metadata: [.. metadata, new("c", "")]),
            "empty metadata" => VaultSamples.Request(description: "d", metadata: []),
            _ => VaultSamples.Request(description: "d"),
        };

        (await CreateAsync("key", other)).Refusal.ShouldBeOfType<Refusal.Conflict>().Message.ShouldBe("The idempotency key was used before, for another request.");
        (await CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task The_order_of_metadata_makes_no_other_request()
    {
        var first = await CreateAsync("key", VaultSamples.Request(metadata: [new("a", "1"), new("b", "2")]));

        Print(await CreateAsync("key", VaultSamples.Request(metadata: [new("b", "2"), new("a", "1")]))).ShouldBe(Print(first));
    }

    [Fact]
    public async Task No_key_and_other_keys_each_make_their_own()
    {
        await CreateAsync("key");
        await CreateAsync("Key");
        await CreateAsync(null);
        await CreateAsync(null);

        (await CountAsync()).ShouldBe(4);
    }

    [Fact]
    public async Task The_same_key_of_another_location_or_environment_is_another_key()
    {
        var first = await CreateAsync("key");
        var elsewhere = await _vault.NewTenantAsync();
        using var request = VaultSamples.Request();
        IdempotencyKey.TryCreate("key", out var key).ShouldBeTrue();

        var other = await _vault.Get<ISetupIntentService>().CreateAsync(new Caller(elsewhere, "key:2"), request, key);

        other.Value.ShouldNotBeNull().Id.ShouldNotBe(first.Value.ShouldNotBeNull().Id, StringComparer.Ordinal);
        (await CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task A_claim_left_by_a_crash_is_taken_over_after_its_lease_under_the_same_record_id()
    {
        const long RecordId = 4711;
        await LeaveClaimAsync("key", RecordId);

        _clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromMilliseconds(1));
        (await CreateAsync("key")).Refusal.ShouldBeOfType<Refusal.Conflict>();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var taken = (await CreateAsync("key")).Value.ShouldNotBeNull();

        _vault.Get<SetupIntentIds>().RecordIdOf(_tenant.Environment, taken.Id).ShouldBe(RecordId);
    }

    [Fact]
    public async Task Only_one_takes_an_abandoned_claim_over()
    {
        await LeaveClaimAsync("key", 4711);
        _clock.Advance(TimeSpan.FromMinutes(2));

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => CreateAsync("key"), Ct)));

        (await CountAsync()).ShouldBe(1);
        answers.ShouldContain(answer => answer.IsSuccess);
        _issuer.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task When_the_issuer_cannot_be_reached_the_key_is_free_again_at_once()
    {
        _issuer.FailNext = true;
        await Should.ThrowAsync<TimeoutException>(() => CreateAsync("key"));
        (await CountAsync()).ShouldBe(0);

        (await CreateAsync("key")).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task A_taken_reference_frees_the_key_again()
    {
        await _vault.Get<IAccountStore>().SetUniqueReferencesAsync(_tenant.Location, unique: true, Ct);
        await CreateAsync(null);
        (await CreateAsync("key")).Refusal.ShouldBeOfType<Refusal.Conflict>();

        (await CreateAsync("key", VaultSamples.Request("another"))).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public void Hashes_of_keys_and_requests_differ_by_tenant_and_tell_nothing_without_the_vault()
    {
        var hasher = _vault.Get<IdempotencyHasher>();
        using var request = VaultSamples.Request();
        IdempotencyKey.TryCreate("key", out var key).ShouldBeTrue();
        Tenant[] tenants = [_tenant, _tenant with { Location = new LocationId(99) }, _tenant with { Environment = TenantEnvironment.Production }];

        var hashes = tenants.SelectMany(tenant => new[] { hasher.OfKey(tenant, key), hasher.OfRequest(tenant, request) }).Select(Convert.ToHexString).ToArray();

        hashes.Distinct(StringComparer.Ordinal).Count().ShouldBe(6);
        hasher.OfKey(_tenant, key).ShouldBe(hasher.OfKey(_tenant, key));
    }

    [Fact]
    public async Task A_claim_that_an_earlier_version_made_of_members_in_the_order_they_were_sent_is_answered_still()
    {
        using var sent = RequestWith("""{"reference":"r","customer":{"phoneNumber":"1","id":"a"},"billingAddress":{"countryCode":"GB"}}""");
        var first = await CreateAsync("key", RequestWith("""{"reference":"r","customer":{"phoneNumber":"1","id":"a"},"billingAddress":{"countryCode":"GB"}}"""));
        var former = _vault.Get<IdempotencyHasher>().OfRequestInOrderSent(_tenant, sent);
        former.ShouldNotBe(_vault.Get<IdempotencyHasher>().OfRequest(_tenant, sent));
        await _vault.Get<IDatabase>().WriteAsync(connection => connection.Execute("UPDATE idempotency_keys SET body_hash = @former", new { former }));

        var repeated = await CreateAsync("key", RequestWith("""{"reference":"r","customer":{"phoneNumber":"1","id":"a"},"billingAddress":{"countryCode":"GB"}}"""));

        Print(repeated).ShouldBe(Print(first));
        (await CreateAsync("key", RequestWith("""{"reference":"r","customer":{"phoneNumber":"2","id":"a"},"billingAddress":{"countryCode":"GB"}}"""))).Refusal.ShouldBeOfType<Refusal.Conflict>();
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("k", true)]
    public void A_key_is_not_empty(string? text, bool taken) => IdempotencyKey.TryCreate(text, out _).ShouldBe(taken);

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_key_has_at_most_100_characters_and_does_not_print(int length, bool taken)
    {
        var text = new string('k', length);
        IdempotencyKey.TryCreate(text, out var key).ShouldBe(taken);

        (key?.ToString() ?? "").ShouldNotContain("kk");
    }

    private static SetupIntentRequest RequestWith(string json) => Portal.Api.SetupIntents.SetupIntentBody.Validate(VaultSamples.Utf8(json), TestCardRule.Required).Value.ShouldNotBeNull();

    private static string Print(Result<SetupIntent> answer) => System.Text.Json.JsonSerializer.Serialize(answer.Value.ShouldNotBeNull());

    private Task<TestVault> OpenAsync() => TestVault.OpenAsync(_directory, _clock, services => services.AddSingleton<ICardAuthorizer>(_issuer));

    private async Task<Result<SetupIntent>> CreateAsync(string? key, SetupIntentRequest? request = null)
    {
        using var validated = request ?? VaultSamples.Request();
        IdempotencyKey.TryCreate(key, out var idempotencyKey).ShouldBe(key is not null);
        return await _vault.Get<ISetupIntentService>().CreateAsync(new Caller(_tenant, "key:1"), validated, idempotencyKey);
    }

    /// <summary>Leaves the data that is on disk when the process dies after claiming a key and before storing the work.</summary>
    private async Task LeaveClaimAsync(string key, long recordId)
    {
        using var request = VaultSamples.Request();
        IdempotencyKey.TryCreate(key, out var idempotencyKey).ShouldBeTrue();
        var hasher = _vault.Get<IdempotencyHasher>();
        var now = _clock.GetUtcNow();
        var claim = new IdempotencyClaim(_tenant, hasher.OfKey(_tenant, idempotencyKey), hasher.OfRequest(_tenant, request), recordId, now, now + IdempotentWork.LeaseTime);
        (await _vault.Get<IIdempotencyStore>().ClaimAsync(claim)).ShouldBe(new ClaimOutcome.Granted(recordId));
    }

    private Task<long> CountAsync() => _vault.Get<IDatabase>().ReadAsync(connection => connection.ExecuteScalar<long>("SELECT COUNT(*) FROM setup_intents"), Ct);

    private sealed class CountingIssuer : ICardAuthorizer
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource? _held;
        private int _count;

        public int Asked => _count;

        public Task WasAsked => _asked.Task;

        public bool FailNext { get; set; }

        public Action HoldNext()
        {
            _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _held.SetResult;
        }

        public async Task<AuthorizationOutcome> AuthorizeAsync(Tenant tenant, CardDetails card, string transactionId, CancellationToken ct)
        {
            if (FailNext)
            {
                FailNext = false;
                throw new TimeoutException();
            }

            var transaction = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
            _asked.TrySetResult();
            await (Interlocked.Exchange(ref _held, null)?.Task ?? Task.CompletedTask);
            return new AuthorizationOutcome.Approved(transaction, "000000");
        }

        public Task<AuthorizationOutcome> ChargeAsync(
            Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct) =>
            throw new NotSupportedException();

        public Task<AuthorizationOutcome> AskAsync(Tenant tenant, string transactionId, CancellationToken ct) => throw new NotSupportedException();
    }
}
