using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Dojo.Pci.Tests.E2E.Api;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>The parts of an API answer that these tests examine.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body, TimeSpan? RetryAfter, string? Type);

/// <summary>A merchant's integration that remembers every acknowledged token.</summary>
internal sealed class Caller(HttpClient client, string key)
{
    private readonly ConcurrentQueue<string> _acknowledged = new();
    private int _calls;

    /// <summary>The tokens that were answered with 200, in the order of their answers.</summary>
    public IReadOnlyCollection<string> Acknowledged => _acknowledged;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Creates a caller with the key that a new portal prints.</summary>
    public static async Task<Caller> OfAsync(PortalProcess portal) => new(portal.Client, await Calls.FirstKeyAsync(portal));

    public async Task<Answer> TokenizeAsync()
    {
        var reference = $"Booking {Interlocked.Increment(ref _calls)}";
        var answer = await SendAsync(HttpMethod.Post, "setup-intents", $$"""{"cardNumber":"5200000000001005","expiryDate":"12/48","reference":"{{reference}}"}""");
        if (answer.Status == HttpStatusCode.OK)
        {
            _acknowledged.Enqueue(Member(answer, "id"));
        }

        return answer;
    }

    /// <summary>Tokenizes repeatedly until an answer has the given status.</summary>
    public async Task<Answer> TokenizeUntilAsync(HttpStatusCode status)
    {
        Answer answer;
        do
        {
            answer = await TokenizeAsync();
        }
        while (answer.Status != status);

        return answer;
    }

    public async Task TokenizeAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            (await TokenizeAsync()).Status.ShouldBe(HttpStatusCode.OK);
        }
    }

    public Task<Answer> ReadAsync(string token) => SendAsync(HttpMethod.Get, $"setup-intents/{token}");

    /// <summary>Checks that every acknowledged token exists, and that the card of the last one can be decrypted and charged.</summary>
    public async Task ShouldFindAllAcknowledgedAsync()
    {
        foreach (var token in _acknowledged)
        {
            (await ReadAsync(token)).Status.ShouldBe(HttpStatusCode.OK, token);
        }

        await ShouldOpenAsync(_acknowledged.Last());
    }

    public async Task ShouldOpenAsync(string token)
    {
        var payment = await SendAsync(HttpMethod.Post, "payment-intents", $$"""{"reference":"Charge","amount":{"value":2500,"currencyCode":"GBP"},"setupIntentId":"{{token}}"}""");
        payment.Status.ShouldBe(HttpStatusCode.OK, payment.Body);
        var charge = await SendAsync(HttpMethod.Post, $"payment-intents/{Member(payment, "id")}/charge");
        charge.Status.ShouldBe(HttpStatusCode.OK, charge.Body);
    }

    /// <summary>Checks the answer of a portal that is unavailable: a problem, and when to retry.</summary>
    public static void ShouldBeUnavailable(Answer answer, string reason)
    {
        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Type.ShouldBe("application/problem+json");
        answer.Body.ShouldContain(reason);
        answer.RetryAfter.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
    }

    private static string Member(Answer answer, string name) => JsonDocument.Parse(answer.Body).RootElement.GetProperty(name).GetString()!;

    private async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Basic {key}");
        request.Headers.Add("version", "2025-09-10");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, Ct);
        return new Answer(answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct), answer.Headers.RetryAfter?.Delta, answer.Content.Headers.ContentType?.MediaType);
    }
}
