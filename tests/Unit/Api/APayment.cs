using System.Text;
using System.Text.Json.Nodes;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>The body of a request for a payment intent; valid by default. Null omits a member.</summary>
public sealed record APayment(string? SetupIntentId)
{
    /// <summary>The amount as raw JSON, so that it can be invalid.</summary>
    public string? Amount { get; init; } = """{"value":1999,"currencyCode":"GBP"}""";

    public string? Reference { get; init; } = "Booking 4711";

    /// <summary>Further members, as JSON without the braces.</summary>
    public string? More { get; init; }

    public string ToJson() => "{" + string.Join(',', Members()) + "}";

    private IEnumerable<string> Members()
    {
        if (SetupIntentId is not null)
        {
            yield return $"\"setupIntentId\":{JsonValue.Create(SetupIntentId)!.ToJsonString()}";
        }

        if (Amount is not null)
        {
            yield return $"\"amount\":{Amount}";
        }

        if (Reference is not null)
        {
            yield return $"\"reference\":{JsonValue.Create(Reference)!.ToJsonString()}";
        }

        if (More is not null)
        {
            yield return More;
        }
    }
}

internal static class PaymentCalls
{
    public const string Path = "/payment-intents";

    /// <summary>Creates a token whose card is authorized.</summary>
    public static async Task<string> TokenOfAsync(this HttpClient client, ACard? card = null, string? more = null)
    {
        var json = (card ?? new ACard()).ToJson();
        return (await client.TokenizeAsync(more is null ? json : $"{json[..^1]},{more}}}")).ShouldBeOk()["id"];
    }

    public static Task<ApiAnswer> PrepareAsync(this HttpClient client, APayment payment, params (string Name, string Value)[] headers) =>
        client.AskAsync(HttpMethod.Post, Path, Encoding.UTF8.GetBytes(payment.ToJson()), headers);

    /// <summary>Creates a payment intent and returns its id.</summary>
    public static async Task<string> PreparedAsync(this HttpClient client, string token) => (await client.PrepareAsync(new APayment(token))).ShouldBeOk()["id"];

    public static Task<ApiAnswer> GetPaymentAsync(this HttpClient client, string id, string query = "", params (string Name, string Value)[] headers) =>
        client.AskAsync(HttpMethod.Get, $"{Path}/{id}{query}", headers: headers);

    public static Task<ApiAnswer> DeletePaymentAsync(this HttpClient client, string id) => client.AskAsync(HttpMethod.Delete, $"{Path}/{id}");

    public static Task<ApiAnswer> ChargeAsync(this HttpClient client, string id) => client.AskAsync(HttpMethod.Post, $"{Path}/{id}/charge");

    /// <summary>Pays as a shopper would, with a test card.</summary>
    public static Task<ApiAnswer> PayAsync(this HttpClient client, string id, string card = ACard.Approved) => client.AskAsync(
        HttpMethod.Post, $"/sandbox/payment-intents/{id}/pay", Encoding.UTF8.GetBytes($$"""{"cardNumber":"{{card}}","expiryDate":"12/29"}"""));

    public static Task<ApiAnswer> CaptureAsync(this HttpClient client, string id, string body, params (string Name, string Value)[] headers) =>
        client.AskAsync(HttpMethod.Post, $"{Path}/{id}/captures", Encoding.UTF8.GetBytes(body), headers);

    public static Task<ApiAnswer> ReverseAsync(this HttpClient client, string id, params (string Name, string Value)[] headers) =>
        client.AskAsync(HttpMethod.Post, $"{Path}/{id}/reversal", headers: headers);

    public static Task<ApiAnswer> RefundAsync(this HttpClient client, string id, string body, params (string Name, string Value)[] headers) =>
        client.AskAsync(HttpMethod.Post, $"{Path}/{id}/refunds", Encoding.UTF8.GetBytes(body), headers);

    public static Task<ApiAnswer> GetRefundAsync(this HttpClient client, string id) => client.AskAsync(HttpMethod.Get, $"{Path}/refunds/{id}");

    public static Task<ApiAnswer> GetTokenAsync(this HttpClient client, string token) => client.AskAsync(HttpMethod.Get, $"{ApiCalls.Path}/{token}");

    public static Task<ApiAnswer> DeleteTokenAsync(this HttpClient client, string token) =>
        client.AskAsync(HttpMethod.Delete, $"{ApiCalls.Path}/{token}?includeAuthorized=true");

    /// <summary>Moves the clock of the sandbox.</summary>
    public static async Task AdvanceAsync(this HttpClient client, string duration) =>
        (await client.AskAsync(HttpMethod.Post, "/sandbox/clock", Encoding.UTF8.GetBytes($$"""{"advance":"{{duration}}"}"""))).Status.ShouldBe(System.Net.HttpStatusCode.OK);

    /// <summary>A client of a new location, so that moving its clock disturbs no other test.</summary>
    public static async Task<HttpClient> StrangerAsync(this PortalFactory portal) =>
        portal.ClientOf((await portal.CreateKeyAsync(location: await portal.CreateLocationAsync())).Secret);

    /// <summary>Checks that the operation succeeded.</summary>
    public static ApiAnswer ShouldBeDone(this ApiAnswer answer)
    {
        answer.Status.ShouldBe(System.Net.HttpStatusCode.OK, answer.Body);
        return answer;
    }

    public static ApiAnswer ShouldBeCharged(this ApiAnswer answer, string status, string message)
    {
        answer.Status.ShouldBe(System.Net.HttpStatusCode.OK, answer.Body);
        (answer["status"], answer["message"]).ShouldBe((status, message));
        return answer;
    }
}
