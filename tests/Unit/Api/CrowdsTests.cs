using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class CrowdsTests
{
    private const int Crowd = WriteAdmission.Places + WriteAdmission.Burst;

    [Fact]
    public async Task A_crowd_is_served_whole_and_what_comes_on_top_is_refused_before_its_body_is_judged_while_reads_go_on()
    {
        var issuer = new WaitingIssuer();
        await using var portal = await PortalFactory.StartAsync(new PortalFactory { Authorizer = issuer });
        using var client = portal.SandboxClient();
        issuer.Answer();
        var token = (await portal.TokenizeAsync(new ACard())).ShouldBeOk();
        issuer.Wait();

        var crowd = Enumerable.Range(0, Crowd).Select(_ => client.TokenizeAsync(new ACard().ToJson())).ToArray();
        await issuer.IsAskedAsync(1 + Crowd);
        ApiAnswer onTop;
        do
        {
            // Some capacity was regained while the crowd arrived: it takes a few more calls until none is left.
            onTop = await client.TokenizeAsync("no JSON");
        }
        while ((int)onTop.Status == 400);

        var read = await client.AskAsync(HttpMethod.Get, $"/setup-intents/{token["id"]}");
        issuer.Answer();

        onTop.ShouldBeProblem(503)["detail"].ShouldContain("There are more requests than can be stored in time.");
        int.Parse(onTop.Header("Retry-After")!).ShouldBeGreaterThan(0);
        ((int)read.Status).ShouldBe(200);
        foreach (var answer in await Task.WhenAll(crowd))
        {
            answer.ShouldBeOk();
        }

        (await portal.CountSetupIntentsAsync()).ShouldBe(Crowd + 1);
    }

    /// <summary>An issuer that answers when the test says so.</summary>
    private sealed class WaitingIssuer : ICardAuthorizer
    {
        private volatile TaskCompletionSource _mayAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private int _asked;

        public void Answer() => _mayAnswer.TrySetResult();

        public void Wait() => _mayAnswer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task IsAskedAsync(int times)
        {
            while (Volatile.Read(ref _asked) < times)
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }

        public async Task<AuthorizationOutcome> AuthorizeAsync(Tenant tenant, CardDetails card, string transactionId, CancellationToken ct)
        {
            Interlocked.Increment(ref _asked);
            await _mayAnswer.Task.WaitAsync(ct);
            return new AuthorizationOutcome.Approved(transactionId, "000001");
        }

        public Task<AuthorizationOutcome> ChargeAsync(
            Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct) =>
            AuthorizeAsync(tenant, card, transactionId, ct);

        public Task<AuthorizationOutcome> AskAsync(Tenant tenant, string transactionId, CancellationToken ct) =>
            Task.FromResult<AuthorizationOutcome>(new AuthorizationOutcome.NotAttempted());
    }
}
