using System.Net;
using System.Text;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary><c>POST /setup-intents/batch</c>.</summary>
public sealed class BatchTests(PortalFactory portal) : OwnLocationTest(portal)
{
    private const string Path = "/setup-intents/batch";

    [Fact]
    public async Task Each_item_is_judged_by_itself_and_answered_at_its_place()
    {
        var answer = await BatchAsync(Card("a"), """{"reference":"b","cardNumber":"5200000000001006","expiryDate":"12/29"}""", Card("c", ACard.Declined), "5", """{"reference":"e","cvv":"1"}""", Card("f"));

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        StatusesOf(answer).ShouldBe([200, 400, 200, 400, 400, 200]);
        var items = answer.Json.GetProperty("items");
        items[0].GetProperty("setupIntent").GetProperty("reference").GetString().ShouldBe("a");
        items[1].GetProperty("problem").GetProperty("errors").TryGetProperty("CardNumber", out _).ShouldBeTrue();
        items[2].GetProperty("setupIntent").GetProperty("status").GetString().ShouldBe("Created");
        items[3].GetProperty("problem").GetProperty("errors").TryGetProperty("Body", out _).ShouldBeTrue();
        items[5].GetProperty("setupIntent").GetProperty("status").GetString().ShouldBe("Authorized");
        answer.Body.ShouldNotContain("5200000000001006");
        foreach (var id in IdsIn(answer))
        {
            (await Client.GetTokenAsync(id!)).ShouldBeOk();
        }
    }

    [Fact]
    public async Task A_hundred_are_taken_and_none_and_more_are_not()
    {
        var hundred = Enumerable.Range(0, 100).Select(i => Card($"{i}")).ToArray();

        var answer = await BatchAsync(hundred);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        IdsIn(answer).Distinct(StringComparer.Ordinal).Count().ShouldBe(100);
        answer.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("setupIntent").GetProperty("reference").GetString())
            .ShouldBe(Enumerable.Range(0, 100).Select(i => $"{i}"));

        (await BatchAsync([.. hundred, Card("101")])).ShouldBeInvalid("Items");
        (await BatchAsync()).ShouldBeInvalid("Items");
        (await SendAsync("""{"items":{}}""")).ShouldBeInvalid("Items");
        (await SendAsync("{}")).ShouldBeInvalid("Items");
        (await SendAsync("""{"items":[],"more":1}""")).ShouldBeInvalid("Body");
        (await SendAsync("""{"items":[{"reference":"a"}""")).ShouldBeInvalid("Body");
    }

    [Fact]
    public async Task Under_an_idempotency_key_a_batch_is_made_once_and_answered_as_at_first()
    {
        string[] items = [Card("a"), Card("b", "5200000000001006"), Card("c")];
        var first = await BatchAsync(items, "k");
        await Client.DeleteTokenAsync(IdsIn(first).First()!);

        var again = await BatchAsync(items, "k");

        Without(again).ShouldBe(Without(first));
        (await BatchAsync([.. items, Card("d")], "k")).ShouldBeProblem(409);
        (await Client.TokenizeAsync(items[0], ("Idempotency-Key", "k"))).ShouldBeProblem(409);
    }

    [Fact]
    public async Task A_key_under_which_nothing_was_made_is_free()
    {
        (await BatchAsync([Card("b", "5200000000001006")], "k")).Status.ShouldBe(HttpStatusCode.OK);

        StatusesOf(await BatchAsync([Card("b")], "k")).ShouldBe([200]);
    }

    [Fact]
    public async Task At_the_same_time_under_one_key_it_is_made_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => BatchAsync([Card("a"), Card("b")], "k")));

        answers.Where(answer => answer.Status == HttpStatusCode.OK).SelectMany(IdsIn).Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK || answer.Status == HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Where_references_are_unique_the_second_of_a_batch_is_refused_alone()
    {
        using var client = Portal.SandboxClient();
        await Portal.WantUniqueReferencesAsync(true);
        try
        {
            var answer = await client.AskAsync(HttpMethod.Post, Path, Body([Card("only once"), Card("only once")]), ("Idempotency-Key", "u"));

            StatusesOf(answer).ShouldBe([200, 409]);
            Without(await client.AskAsync(HttpMethod.Post, Path, Body([Card("only once"), Card("only once")]), ("Idempotency-Key", "u"))).ShouldBe(Without(answer));
        }
        finally
        {
            await Portal.WantUniqueReferencesAsync(false);
        }
    }

    [Fact]
    public async Task Every_item_counts_in_the_rate()
    {
        await using var small = await PortalFactory.StartAsync(new PortalFactory { Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Api:RequestsPerSecondPerKey"] = "5" } });
        using var client = small.SandboxClient();

        (await client.AskAsync(HttpMethod.Post, Path, Body([Card("a"), Card("b"), Card("c"), Card("d"), Card("e"), Card("f"), Card("g")]))).Status.ShouldBe(HttpStatusCode.OK);
        (await client.AskAsync(HttpMethod.Post, Path, Body([Card("a"), Card("b"), Card("c"), Card("d"), Card("e"), Card("f"), Card("g")]))).ShouldBeProblem(429).Header("Retry-After").ShouldNotBeNull();
    }

    [Fact]
    public async Task Every_item_counts_in_the_card_velocity()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Velocity:Sandbox:NumbersPerKey"] = "2" };
        await using var strict = await PortalFactory.StartAsync(new PortalFactory { Settings = settings });
        using var client = strict.SandboxClient();

        var answer = await client.AskAsync(HttpMethod.Post, Path, Body([Card("a"), Card("b", "5200000000001096"), Card("c", "4111111111111111"), Card("d", "4242424242424242")]));

        StatusesOf(answer).Order().ShouldBe([200, 200, 429, 429]);
    }

    [Fact]
    public async Task A_key_without_the_scope_is_refused()
    {
        using var client = Portal.ClientOf((await Portal.CreateKeyAsync(scopes: ApiKeyScopes.Read | ApiKeyScopes.Charge)).Secret);

        (await client.AskAsync(HttpMethod.Post, Path, Body([Card("a")]))).ShouldBeProblem(403);
    }

    private static string Card(string reference, string number = ACard.Approved) => $$"""{"reference":"{{reference}}","cardNumber":"{{number}}","expiryDate":"12/29"}""";

    private static byte[] Body(IEnumerable<string> items) => Encoding.UTF8.GetBytes($$"""{"items":[{{string.Join(',', items)}}]}""");

    private static IEnumerable<int> StatusesOf(ApiAnswer answer) => answer.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("status").GetInt32());

    private static IEnumerable<string?> IdsIn(ApiAnswer answer) =>
        from item in answer.Json.GetProperty("items").EnumerateArray()
        where item.TryGetProperty("setupIntent", out _)
        select item.GetProperty("setupIntent").GetProperty("id").GetString();

    // Removes the trace id, which differs between requests.
    private static string Without(ApiAnswer answer) => System.Text.RegularExpressions.Regex.Replace(answer.Body, "\"traceId\":\"[^\"]*\"", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));

    private Task<ApiAnswer> BatchAsync(params string[] items) => SendAsync(Encoding.UTF8.GetString(Body(items)));

    private Task<ApiAnswer> BatchAsync(string[] items, string key) => Client.AskAsync(HttpMethod.Post, Path, Body(items), ("Idempotency-Key", key));

    private Task<ApiAnswer> SendAsync(string json) => Client.AskAsync(HttpMethod.Post, Path, Encoding.UTF8.GetBytes(json));
}
