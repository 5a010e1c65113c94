using System.Net;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Cards;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>A sealed card that was changed in the database cannot be opened, and affects no other card.</summary>
public sealed class DamagedCardsTests : IAsyncLifetime
{
    private readonly ForgetfulIssuer _issuer = new();
    private PortalFactory _portal = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalFactory.StartAsync(new PortalFactory
        {
            Authorizer = _issuer,
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Housekeeping:Interval"] = "1.00:00:00" }, // only the test starts rounds
        });
        _client = _portal.SandboxClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task It_is_not_charged_and_the_answer_tells_nothing_of_the_inside()
    {
        var (damaged, good) = (await _client.TokenOfAsync(), await _client.TokenOfAsync());
        var (payment, other) = (await _client.PreparedAsync(damaged), await _client.PreparedAsync(good));
        await _portal.DamageCardAsync(damaged);

        var answer = (await _client.ChargeAsync(payment)).ShouldBeProblem(500);

        foreach (var inside in new[] { "authentic", "Cryptographic", "Exception", "record", "Dojo.Pci", "   at " })
        {
            answer.Everything.ShouldNotContain(inside, Case.Insensitive);
        }

        _issuer.Charged.ShouldBe(0);
        await ShouldStillServeAsync();
        (await _client.ChargeAsync(other)).ShouldBeCharged("Successful", "DEPOSITED");
    }

    [Fact]
    public async Task Its_charge_is_ended_by_housekeeping_as_one_that_never_was()
    {
        var token = await _client.TokenOfAsync();
        var payment = await _client.PreparedAsync(token);
        await _portal.DamageCardAsync(token);
        (await _client.ChargeAsync(payment)).ShouldBeProblem(500);
        _portal.Clock.Advance(TimeSpan.FromMinutes(3));

        await _portal.KeepHouseAsync();

        (await _client.GetPaymentAsync(payment)).ShouldBeOk()["status"].ShouldBe("Created");
        (await _client.DeleteTokenAsync(token)).ShouldBeOk()["status"].ShouldBe("Closed");
        await ShouldStillServeAsync();
    }

    [Fact]
    public async Task Resolving_passes_by_it_and_resolves_the_others_in_the_same_round()
    {
        _issuer.Forgets = true;
        var (before, damaged, after) = (await _client.TokenOfAsync(), await _client.TokenOfAsync(), await _client.TokenOfAsync());
        await _portal.DamageCardAsync(damaged);
        _portal.Clock.Advance(TimeSpan.FromMinutes(3));
        _issuer.Forgets = false;

        await _portal.KeepHouseAsync();

        (await _client.GetTokenAsync(before))["status"].ShouldBe("Authorized");
        (await _client.GetTokenAsync(damaged))["status"].ShouldBe("Created");
        (await _client.GetTokenAsync(after))["status"].ShouldBe("Authorized");
        await ShouldStillServeAsync();
    }

    [Fact]
    public async Task Expiring_expires_it_like_the_others_in_the_same_round()
    {
        _issuer.Forgets = true;
        var unresolved = await _client.TokenOfAsync(new ACard { Expiry = "03/26" });
        _issuer.Forgets = false;
        var (authorized, other) = (await _client.TokenOfAsync(new ACard { Expiry = "03/26" }), await _client.TokenOfAsync(new ACard { Expiry = "03/26" }));
        await _portal.DamageCardAsync(unresolved);
        await _portal.DamageCardAsync(authorized);
        _portal.Clock.Advance(TimeSpan.FromDays(29));

        await _portal.KeepHouseAsync();

        foreach (var token in new[] { unresolved, authorized, other })
        {
            (await _portal.StoredStatusAsync(token)).ShouldBe("CardExpired");
        }

        await ShouldStillServeAsync();
    }

    [Trait("Engine", "Sqlite")]
    [Fact]
    public async Task A_closed_token_that_was_put_back_from_a_copy_is_not_charged_and_the_operator_is_told()
    {
        var token = await _client.TokenOfAsync();
        var payment = await _client.PreparedAsync(token);
        await _portal.TamperAsync("CREATE TABLE copy AS SELECT * FROM setup_intents");
        (await _client.DeleteTokenAsync(token)).ShouldBeOk()["status"].ShouldBe("Closed");
        await _portal.TamperAsync("INSERT OR REPLACE INTO setup_intents SELECT * FROM copy");

        var answer = (await _client.ChargeAsync(payment)).ShouldBeProblem(500);

        foreach (var inside in new[] { "sealed", "Exception", "older copy", "setup intent ", "Dojo.Pci", "   at " })
        {
            answer.Everything.ShouldNotContain(inside, Case.Insensitive);
        }

        _issuer.Charged.ShouldBe(0);
        _portal.Log.Entries.ShouldContain(entry => entry.Level == LogLevel.Error && entry.Text.Contains("what is stored is not what the service stored: run database check", StringComparison.Ordinal));
        await ShouldStillServeAsync();
    }

    private async Task ShouldStillServeAsync()
    {
        _portal.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
        using var anyone = _portal.AnonymousClient();
        (await anyone.AskAsync(HttpMethod.Get, "/health/ready")).Status.ShouldBe(HttpStatusCode.OK);
        (await _client.TokenizeAsync(ACard.None.ToJson())).ShouldBeOk();
    }

    /// <summary>Approves everything, or loses every answer and afterwards does not know the request.</summary>
    private sealed class ForgetfulIssuer : ICardAuthorizer
    {
        private int _charged;

        public bool Forgets { get; set; }

        public int Charged => Volatile.Read(ref _charged);

        public Task<AuthorizationOutcome> AuthorizeAsync(Tenant tenant, CardDetails card, string transactionId, CancellationToken ct) =>
            Task.FromResult<AuthorizationOutcome>(Forgets ? new AuthorizationOutcome.Unknown(transactionId) : new AuthorizationOutcome.Approved(transactionId, "000001"));

        public Task<AuthorizationOutcome> ChargeAsync(
            Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct)
        {
            Interlocked.Increment(ref _charged);
            return AuthorizeAsync(tenant, card, transactionId, ct);
        }

        public Task<AuthorizationOutcome> AskAsync(Tenant tenant, string transactionId, CancellationToken ct) =>
            Task.FromResult<AuthorizationOutcome>(new AuthorizationOutcome.NotAttempted());
    }
}
