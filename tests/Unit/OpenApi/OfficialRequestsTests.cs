using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.OpenApi;

/// <summary>The requests that clients generated from Dojo's published descriptions may send: each member, with a harmless value and with null.</summary>
public sealed class OfficialRequestsTests(PortalFactory portal) : IClassFixture<PortalFactory>, IAsyncLifetime
{
    private static readonly string[] s_versions = ["2022-04-07", "2025-09-10"];

    private static readonly Dictionary<string, JsonElement> s_documents = s_versions.ToDictionary(version => version, Load, StringComparer.Ordinal);

    // Any value of these asks for something, which is refused (tested below), so they are sent empty.
    private static readonly string[] s_asksForSomething =
        ["transactionSource", "customer.secret", "customer.savedCardId"];

    private string _token = "";

    public static TheoryData<string, string, string> Members =>
    [
        .. from version in s_versions
           from operation in Operations(version)
           where operation.Value.TryGetProperty("body", out _)
           from member in Walk(operation.Value.GetProperty("body"), "")
           select (version, operation.Name, member.Path),
    ];

    public static TheoryData<string, string, string> Flags =>
    [
        .. from version in s_versions
           from operation in Operations(version)
           from flag in operation.Value.GetProperty("query").EnumerateObject()
           select (version, operation.Name, flag.Name),
    ];

    public async ValueTask InitializeAsync()
    {
        using var client = portal.SandboxClient();
        _token = await client.TokenOfAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Members))]
    public async Task Every_member_of_Dojos_requests_is_accepted_when_it_is_harmless(string version, string operation, string member)
    {
        var schema = Operations(version).Single(candidate => candidate.Name == operation).Value.GetProperty("body");
        using var client = portal.SandboxClient().InVersion(version);

        // Only the surrounding members that Dojo requires are sent along.
        (await SendAsync(client, operation, schema, member, isNull: false)).ShouldBeOk();

        var ofNull = await SendAsync(client, operation, schema, member, isNull: true);
        if (IsRequired(schema, member))
        {
            ofNull.ShouldBeProblem(400).Body.ShouldContain(FieldOf(member));
        }
        else
        {
            ofNull.ShouldBeOk();
        }
    }

    [Theory]
    [MemberData(nameof(Flags))]
    public async Task Every_flag_in_an_address_is_accepted_as_clients_write_it(string version, string operation, string flag)
    {
        using var client = portal.SandboxClient().InVersion(version);
        foreach (var value in new[] { "true", "false", "True", "FALSE", "1", "0" })
        {
            var method = new HttpMethod(operation.Split(' ')[0]);
            var id = method == HttpMethod.Delete ? await client.CreateAsync(ACard.None) : await client.PreparedAsync(_token);
            var path = operation.Split(' ')[1];
            var address = $"{path[..path.IndexOf('{', StringComparison.Ordinal)]}{id}?{flag}={value}";

            (await client.AskAsync(method, address)).ShouldBeOk();
        }
    }

    [Theory]
    [InlineData("""{"transactionSource":"MOTO"}""", "TransactionSource")]
    [InlineData("""{"generateRemoteToken":true}""", "GenerateRemoteToken")]
    [InlineData("""{"cashbackAmount":{"value":1,"currencyCode":"GBP"}}""", "CashbackAmount")]
    [InlineData("""{"customer":{"savedCardId":"canary"}}""", "Customer.Secret")]
    [InlineData("""{"customer":{"secret":"canary"}}""", "Customer.SavedCardId")]
    [InlineData("""{"customer":{"secret":"canary","savedCardId":"canary"}}""", "Customer.SavedCardId")]
    public async Task What_cannot_be_honoured_is_refused_by_name_and_with_the_reason(string more, string field)
    {
        using var client = portal.SandboxClient();

        var answer = await client.PrepareAsync(new APayment(_token) { More = more[1..^1] });

        answer.ShouldBeInvalid(field).ErrorsOf(field).ShouldHaveSingleItem().Length.ShouldBeGreaterThan(field.Length + 30);
        answer.Body.ShouldNotContain("canary");
    }

    [Fact]
    public async Task What_Dojos_NET_client_sends_creates_a_payment_intent()
    {
        using var client = portal.SandboxClient();
        var more = """
            "captureMode":"Auto","tipsAmount":null,"description":null,"customer":null,"billingAddress":null,"shippingDetails":null,"cardHolderNotPresent":null,
            "config":null,"requestSecurity":null,"itemLines":null,"taxLines":null,"paymentMethods":null,"actionLink":null,"expireAt":null,"autoExpireIn":null,
            "autoExpireAction":null,"metadata":null,"orderDetails":null,"cashbackAmount":null,"serviceChargeAmount":null,"generateRemoteToken":false
            """;

        (await client.PrepareAsync(new APayment(_token) { More = more })).ShouldBeOk()["setupIntentId"].ShouldBe(_token);
    }

    private static JsonElement Load(string version)
    {
        using var stream = typeof(OfficialRequestsTests).Assembly.GetManifestResourceStream($"official-requests-{version}.json")!;
        using var parsed = JsonDocument.Parse(stream);
        return parsed.RootElement.Clone();
    }

    private static JsonElement.ObjectEnumerator Operations(string version) => s_documents[version].GetProperty("operations").EnumerateObject();

    private static IEnumerable<(string Path, JsonElement Schema)> Walk(JsonElement schema, string prefix)
    {
        var parts = schema.TryGetProperty("items", out var items) ? items : schema;
        if (!parts.TryGetProperty("properties", out var members))
        {
            yield break;
        }

        foreach (var member in members.EnumerateObject())
        {
            yield return (prefix + member.Name, member.Value);
            foreach (var inner in Walk(member.Value, $"{prefix}{member.Name}."))
            {
                yield return inner;
            }
        }
    }

    private static JsonElement Find(JsonElement schema, string path) => Walk(schema, "").Single(member => member.Path == path).Schema;

    private static bool IsRequired(JsonElement body, string path)
    {
        var at = path.LastIndexOf('.');
        var owner = at < 0 ? body : Find(body, path[..at]);
        owner = owner.TryGetProperty("items", out var items) ? items : owner;
        var isRequired = owner.TryGetProperty("required", out var required) && required.EnumerateArray().Any(name => name.GetString() == path[(at + 1)..]);
        var isNullable = Find(body, path).TryGetProperty("nullable", out _);

        // Only the later version requires the amount of a tax.
        return isRequired && !isNullable && path != "taxLines.amountTotal";
    }

    private static string FieldOf(string path) => path.Split('.')[^1][1..];

    private async Task<ApiAnswer> SendAsync(HttpClient client, string operation, JsonElement schema, string member, bool isNull)
    {
        var body = Sample(schema, "", member, isNull)!.AsObject();
        return await client.AskAsync(HttpMethod.Post, operation.Split(' ')[1], Encoding.UTF8.GetBytes(body.ToJsonString()));
    }

    /// <summary>Creates a value with the required members and the member at a path below it.</summary>
    private JsonNode? Sample(JsonElement schema, string path, string wanted, bool isNull)
    {
        if (path == wanted && isNull)
        {
            return null;
        }

        if (schema.TryGetProperty("items", out var items))
        {
            return new JsonArray(Sample(items, path, wanted, isNull && wanted.StartsWith(path, StringComparison.Ordinal)));
        }

        if (!schema.TryGetProperty("properties", out var members))
        {
            return Leaf(schema, path);
        }

        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet(StringComparer.Ordinal) : [];
        var value = new JsonObject();
        foreach (var member in members.EnumerateObject())
        {
            var inner = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (required.Contains(member.Name) || wanted == inner || wanted.StartsWith($"{inner}.", StringComparison.Ordinal))
            {
                value[member.Name] = Sample(member.Value, inner, wanted, isNull);
            }
        }

        return value;
    }

    private JsonNode Leaf(JsonElement schema, string path)
    {
        var type = schema.GetProperty("type").GetString();
        var format = schema.TryGetProperty("format", out var said) ? said.GetString() : "";
        return (type, format, path.Split('.')[^1]) switch
        {
            _ when s_asksForSomething.Contains(path, StringComparer.Ordinal) => "",
            ("boolean", _, _) => false,
            ("integer", _, "value") when path == "amount.value" => 100,
            ("integer", _, _) => 0,
            ("object", _, _) => new JsonObject { ["key"] = "value" },
            (_, "date-time", _) => portal.Clock.GetUtcNow().AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
            (_, "uri", _) => "https://example.com/",
            (_, "timespan", _) => "01:00:00",
            (_, _, "countryCode") => "GB",
            (_, _, "currencyCode") => "GBP",
            (_, _, "emailAddress") => "a@example.com",
            (_, _, "phoneNumber") => "+44 20 7946 0000",
            (_, _, "paymentMethods") => "Card",
            (_, _, "merchantInitiatedTransactionType") => "NoShow",
            (_, _, "ipAddress") => "203.0.113.7",
            (_, _, "postcode") => "SW1A 1AA",
            (_, _, "setupIntentId") => _token,
            _ when schema.TryGetProperty("enum", out var names) => names[0].GetString()!,
            _ => "a",
        };
    }
}
