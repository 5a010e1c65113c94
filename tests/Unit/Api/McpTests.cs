using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.ApiKeys;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>The data that assistants read, requested by the client of the protocol's own library.</summary>
public sealed class McpTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_tool_says_that_it_only_reads()
    {
        await using var client = await ConnectAsync(portal.SandboxKey.Secret);

        var tools = await client.ListToolsAsync(cancellationToken: Ct);

        tools.Select(tool => tool.Name).ShouldBe(["search_docs", "read_guide", "list_tokens", "get_token", "list_request_logs", "list_webhooks"], ignoreOrder: true);
        tools.ShouldAllBe(tool => tool.ProtocolTool.Annotations!.ReadOnlyHint == true && tool.Description.Length > 0);
    }

    [Fact]
    public async Task The_documentation_is_searched_and_read()
    {
        await using var client = await ConnectAsync(portal.SandboxKey.Secret);

        (await CallAsync(client, "search_docs", ("query", "roll the secret"))).ShouldContain("/docs/webhooks#roll-the-secret");
        (await CallAsync(client, "read_guide", ("guide", "/docs/webhooks"))).ShouldStartWith("# Webhooks");
    }

    [Fact]
    public async Task Tokens_are_shown_with_a_masked_card()
    {
        var token = (await portal.TokenizeAsync(new ACard())).ShouldBeOk()["id"];
        await using var client = await ConnectAsync(portal.SandboxKey.Secret);

        var listed = await CallAsync(client, "list_tokens", ("limit", 5), ("status", "authorized"));
        var read = await CallAsync(client, "get_token", ("id", token));

        listed.ShouldContain(token);
        read.ShouldContain("52000000****1005");
        (listed + read).ShouldNotContain(ACard.Approved);
    }

    [Fact]
    public async Task Another_tenants_token_is_not_there()
    {
        var token = (await portal.TokenizeAsync(new ACard())).ShouldBeOk()["id"];
        var other = await portal.CreateKeyAsync(location: await portal.CreateLocationAsync());
        await using var client = await ConnectAsync(other.Secret);

        var answer = await client.CallToolAsync("get_token", new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = token }, cancellationToken: Ct);

        answer.IsError.ShouldBe(true);
        TextOf(answer).ShouldNotContain("status");
        (await CallAsync(client, "list_tokens")).ShouldNotContain(token);
    }

    [Fact]
    public async Task Subscriptions_are_shown_without_their_secrets()
    {
        using var api = portal.SandboxClient();
        var made = (await api.AskAsync(HttpMethod.Post, "/webhooks", """{"events":["setup_intent.created"],"url":"https://example.com/mcp"}"""u8.ToArray())).ShouldBeOk();
        await using var client = await ConnectAsync(portal.SandboxKey.Secret);

        var listed = await CallAsync(client, "list_webhooks");

        listed.ShouldContain("https://example.com/mcp");
        listed.ShouldNotContain(made.Json.GetProperty("secrets")[0].GetProperty("value").GetString()!);
    }

    [Fact]
    public async Task Requests_are_listed_from_the_log_that_has_those_of_assistants_too()
    {
        var refused = (await portal.TokenizeAsync("{}")).ShouldBeProblem(400)["traceId"];
        await using var client = await ConnectAsync(portal.SandboxKey.Secret);

        (await UntilAsync(() => CallAsync(client, "list_request_logs", ("text", refused)), text => text.Contains("Reference", StringComparison.Ordinal))).ShouldContain("/setup-intents");
        (await UntilAsync(() => CallAsync(client, "list_request_logs", ("limit", 50)), text => text.Contains("/mcp", StringComparison.Ordinal))).ShouldContain("/mcp");
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData(ApiKeyScopes.Tokenize, 403)]
    public async Task Without_a_key_that_may_read_there_is_nothing(ApiKeyScopes? scopes, int status)
    {
        using var client = scopes is { } some ? portal.ClientOf((await portal.CreateKeyAsync(scopes: some)).Secret) : portal.AnonymousClient();

        (await client.AskAsync(HttpMethod.Post, "/mcp", """{"jsonrpc":"2.0","id":1,"method":"tools/list"}"""u8.ToArray())).ShouldBeProblem(status);
    }

    [Fact]
    public async Task Another_method_is_405_and_a_long_body_413()
    {
        using var client = portal.SandboxClient();

        (await client.AskAsync(HttpMethod.Get, "/mcp")).ShouldBeProblem(405).Header("Allow").ShouldBe("POST");
        ((int)(await client.AskAsync(HttpMethod.Post, "/mcp", new byte[70_000], ("Accept", "application/json, text/event-stream"))).Status).ShouldBe(413);
    }

    private async Task<McpClient> ConnectAsync(string key)
    {
        var options = new HttpClientTransportOptions
        {
            Endpoint = new Uri(portal.BaseAddress, "mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = $"Basic {key}" },
        };
        return await McpClient.CreateAsync(new HttpClientTransport(options, portal.AnonymousClient(), ownsHttpClient: true), cancellationToken: Ct);
    }

    private static async Task<string> CallAsync(McpClient client, string tool, params (string Name, object Value)[] arguments)
    {
        var answer = await client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => (object?)argument.Value, StringComparer.Ordinal), cancellationToken: Ct);
        answer.IsError.ShouldNotBe(true, TextOf(answer));
        return TextOf(answer);
    }

    // The log is written in the background.
    private static async Task<string> UntilAsync(Func<Task<string>> ask, Func<string, bool> isThere)
    {
        while (true)
        {
            var text = await ask();
            if (isThere(text))
            {
                return text;
            }

            await Task.Delay(20, Ct);
        }
    }

    private static string TextOf(CallToolResult answer) => string.Concat(answer.Content.OfType<TextContentBlock>().Select(block => block.Text));
}
