using System.Buffers.Text;
using System.Text;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.SetupIntents;

public sealed class TokenizingTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 6, 15, 9, 30, 0, TimeSpan.Zero).AddTicks(1_234_567));
    private TestVault _vault = null!;
    private Tenant _tenant;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _vault = await TestVault.OpenAsync(clock: _clock);
        _tenant = await _vault.NewTenantAsync();
    }

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task An_approved_card_is_authorized_and_sealed()
    {
        using var request = VaultSamples.Request(description: "Room", metadata: [new("b", "1"), new("a", "2")]);
        var intent = await CreateAsync(request);

        intent.Status.ShouldBe(SetupIntentStatus.Authorized);
        intent.Reference.ShouldBe("Booking 4711");
        intent.Description.ShouldBe("Room");
        intent.Metadata.ShouldBe([new("b", "1"), new("a", "2")]);
        var stored = await FindAsync(intent);
        using var card = await OpenAsync(stored);
        card.Number.Reveal().SequenceEqual(VaultSamples.Utf8(VaultSamples.Visa)).ShouldBeTrue();
        stored.Card!.Masked.ToString().ShouldBe("41111111****1111");
    }

    [Fact]
    public async Task A_declined_card_leaves_a_created_intent_without_its_number()
    {
        using var request = VaultSamples.Request(card: "4456530000001013");
        var intent = await CreateAsync(request);

        intent.Status.ShouldBe(SetupIntentStatus.Created);
        (await FindAsync(intent)).Card.ShouldNotBeNull().SealedRecord.ShouldBeNull();
    }

    [Fact]
    public async Task A_card_past_its_month_is_not_authorized_and_its_number_not_kept()
    {
        using var request = VaultSamples.Request(expiry: "05/26");
        var intent = await CreateAsync(request);

        intent.Status.ShouldBe(SetupIntentStatus.CardExpired);
        (await FindAsync(intent)).Card.ShouldNotBeNull().SealedRecord.ShouldBeNull();
    }

    [Fact]
    public async Task A_card_in_its_last_month_is_authorized()
    {
        using var request = VaultSamples.Request(expiry: "06/26");

        (await CreateAsync(request)).Status.ShouldBe(SetupIntentStatus.Authorized);
    }

    [Fact]
    public async Task A_request_without_a_card_is_created_without_one()
    {
        using var request = VaultSamples.Request(card: null);
        var intent = await CreateAsync(request);

        intent.Status.ShouldBe(SetupIntentStatus.Created);
        (await FindAsync(intent)).Card.ShouldBeNull();
    }

    [Fact]
    public async Task In_production_nobody_is_asked_and_the_card_is_sealed()
    {
        var production = await _vault.NewTenantAsync(TenantEnvironment.Production);
        using var request = VaultSamples.Request(card: VaultSamples.Unlisted, rule: TestCardRule.Refused);
        var intent = (await _vault.Get<ISetupIntentService>().CreateAsync(new Caller(production, "key:1"), request, null)).Value.ShouldNotBeNull();

        intent.Status.ShouldBe(SetupIntentStatus.Created);
        intent.Id.ShouldMatch("^si_prod_[A-Za-z0-9_-]{22}$");
        var recordId = _vault.Get<SetupIntentIds>().RecordIdOf(TenantEnvironment.Production, intent.Id);
        var stored = (await _vault.Get<ISetupIntentStore>().FindAsync(production, recordId, Ct)).ShouldNotBeNull();
        stored.Card.ShouldNotBeNull().SealedRecord.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_answered_first_is_what_is_stored_to_the_microsecond()
    {
        using var request = VaultSamples.Request();
        var intent = await CreateAsync(request);
        var stored = await FindAsync(intent);

        stored.CreatedAt.ShouldBe(intent.CreatedAt);
        stored.UpdatedAt.ShouldBe(intent.UpdatedAt);
        intent.CreatedAt.ShouldBe(new DateTimeOffset(2026, 6, 15, 9, 30, 0, TimeSpan.Zero).AddTicks(1_234_560));
        intent.CreatedAt.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Tokens_of_one_card_have_nothing_in_common()
    {
        var tokens = new List<string>();
        for (var i = 0; i < 300; i++)
        {
            using var request = VaultSamples.Request();
            tokens.Add((await CreateAsync(request)).Id);
        }

        tokens.Distinct(StringComparer.Ordinal).Count().ShouldBe(300);
        tokens.ShouldAllBe(token => !CardNumberDetector.ContainsCardNumber(token));
        var firstBytes = tokens.Select(token => Base64Url.DecodeFromChars(token.AsSpan("si_sandbox_".Length))[0]).Distinct();
        firstBytes.Count().ShouldBeGreaterThan(100, "of 256 that 300 random tokens could begin with");
    }

    [Fact]
    public async Task A_token_is_found_under_its_own_environment_and_spelling_only()
    {
        using var request = VaultSamples.Request();
        var token = (await CreateAsync(request)).Id;
        var ids = _vault.Get<SetupIntentIds>();

        token.ShouldMatch("^si_sandbox_[A-Za-z0-9_-]{22}$");
        ids.RecordIdOf(TenantEnvironment.Sandbox, token).ShouldBePositive();
        ids.RecordIdOf(TenantEnvironment.Production, token).ShouldBe(-1);
        ids.RecordIdOf(TenantEnvironment.Production, token.Replace("sandbox", "prod", StringComparison.Ordinal)).ShouldBe(-1);
        ids.RecordIdOf(TenantEnvironment.Sandbox, token.Replace("si_", "pi_", StringComparison.Ordinal)).ShouldBe(-1);
        ids.RecordIdOf(TenantEnvironment.Sandbox, token + "A").ShouldBe(-1);
        ids.RecordIdOf(TenantEnvironment.Sandbox, token.ToUpperInvariant()).ShouldBe(-1);
        ids.RecordIdOf(TenantEnvironment.Sandbox, "").ShouldBe(-1);
    }

    [Fact]
    public async Task The_card_number_is_nowhere_in_what_is_stored()
    {
        foreach (var digits in new[] { VaultSamples.Visa, VaultSamples.Amex, "36227206271667", "4456530000001013" })
        {
            using var request = VaultSamples.Request(card: digits, reference: "canary");
            await CreateAsync(request);
            var stored = _vault.Directory.ReadAllData();

            stored.AsSpan().IndexOf("canary"u8).ShouldBeGreaterThan(0);
            foreach (var spelling in new[] { VaultSamples.Utf8(digits), Encoding.Unicode.GetBytes(digits), VaultSamples.Utf8(Convert.ToBase64String(VaultSamples.Utf8(digits))), VaultSamples.Utf8(Convert.ToHexString(VaultSamples.Utf8(digits))) })
            {
                stored.AsSpan().IndexOf(spelling).ShouldBe(-1);
            }
        }
    }

    [Fact]
    public async Task When_the_issuer_cannot_be_reached_nothing_is_stored()
    {
        await using var vault = await TestVault.OpenAsync(replace: services => services.AddSingleton<ICardAuthorizer>(new BrokenLine()));
        var tenant = await vault.NewTenantAsync();
        using var request = VaultSamples.Request();

        await Should.ThrowAsync<TimeoutException>(() => vault.Get<ISetupIntentService>().CreateAsync(new Caller(tenant, "key:1"), request, null));
        (await vault.Get<ISetupIntentStore>().FindLastRecordIdAsync(Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task A_taken_reference_is_refused_in_a_location_that_wants_each_once()
    {
        await _vault.Get<IAccountStore>().SetUniqueReferencesAsync(_tenant.Location, unique: true, Ct);
        using var request = VaultSamples.Request();
        await CreateAsync(request);

        var second = await _vault.Get<ISetupIntentService>().CreateAsync(new Caller(_tenant, "key:1"), request, null);

        second.Refusal.ShouldBeOfType<Refusal.Conflict>().Message.ShouldNotContain(request.Reference);
    }

    private async Task<SetupIntent> CreateAsync(SetupIntentRequest request) =>
        (await _vault.Get<ISetupIntentService>().CreateAsync(new Caller(_tenant, "key:1"), request, null)).Value.ShouldNotBeNull();

    private async Task<StoredSetupIntent> FindAsync(SetupIntent intent)
    {
        var recordId = _vault.Get<SetupIntentIds>().RecordIdOf(_tenant.Environment, intent.Id);
        return (await _vault.Get<ISetupIntentStore>().FindAsync(_tenant, recordId, Ct)).ShouldNotBeNull();
    }

    private async Task<CardDetails> OpenAsync(StoredSetupIntent stored) =>
        await _vault.Get<CardCipher>().OpenForAuthorizationAsync(stored.Card.ShouldNotBeNull().SealedRecord.ShouldNotBeNull(), stored.Tenant, stored.RecordId, Ct);

    private sealed class BrokenLine : ICardAuthorizer
    {
        public Task<AuthorizationOutcome> AuthorizeAsync(Tenant tenant, CardDetails card, string transactionId, CancellationToken ct) =>
            throw new TimeoutException();

        public Task<AuthorizationOutcome> ChargeAsync(
            Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct) =>
            throw new TimeoutException();

        public Task<AuthorizationOutcome> AskAsync(Tenant tenant, string transactionId, CancellationToken ct) => throw new TimeoutException();
    }
}
