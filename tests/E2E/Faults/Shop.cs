using System.Text;
using System.Text.Json;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>A merchant's side of the API.</summary>
internal sealed class Shop(HttpClient client, string key)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async Task<IReadOnlyList<string>> PayAsync(string captureMode, int count)
    {
        var payments = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var prepared = await SendAsync(
                HttpMethod.Post, "payment-intents", $$"""{"reference":"Crash","amount":{"value":1000000,"currencyCode":"GBP"},"captureMode":"{{captureMode}}"}""");
            payments.Add(JsonDocument.Parse(prepared.Body).RootElement.GetProperty("id").GetString()!);
            var paid = await SendAsync(HttpMethod.Post, $"sandbox/payment-intents/{payments[i]}/pay", """{"cardNumber":"5200000000001005","expiryDate":"12/48"}""");
            paid.Body.ShouldContain("Successful");
        }

        return payments;
    }

    public Task<Answer> MoveAsync(Wish wish, string idempotencyKey) =>
        SendAsync(HttpMethod.Post, $"payment-intents/{wish.Payment}/{wish.Operation}", """{"amount":1}""", idempotencyKey);

    public async Task<JsonElement> ReadAsync(string payment) =>
        JsonDocument.Parse((await SendAsync(HttpMethod.Get, $"payment-intents/{payment}")).Body).RootElement;

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Basic {key}");
        request.Headers.Add("version", "2025-09-10");
        if (idempotencyKey is not null)
        {
            request.Headers.Add("idempotencyKey", idempotencyKey);
        }

        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, Ct);
        return new Answer(answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct), answer.Headers.RetryAfter?.Delta, answer.Content.Headers.ContentType?.MediaType);
    }
}
