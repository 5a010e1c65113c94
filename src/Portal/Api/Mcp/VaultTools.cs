using System.ComponentModel;
using System.Text.Json;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Api.SetupIntents;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Webhooks;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Dojo.Pci.Portal.Api.Mcp;

/// <summary>The MCP tools that read the data of the key's location and environment: no more than the API gives the same key.</summary>
[McpServerToolType]
internal sealed class VaultTools(McpCaller caller, ISetupIntentService tokens, IRequestLogReader logs, IWebhookService webhooks)
{
    private const int MostTokens = 50;
    private const int MostLogs = 100;

    [McpServerTool(Name = "list_tokens", Title = "List tokens", ReadOnly = true, OpenWorld = false)]
    [Description("Tokens (setup intents), newest first, with masked cards. For the next page send the last id as 'after'.")]
    public async Task<string> ListTokensAsync(
        CancellationToken ct,
        [Description("Created, Authorized, Canceled, Completed, Expired, CardExpired or Closed")] string? status = null,
        [Description("The exact reference")] string? reference = null,
        [Description("1 to 50")] int limit = 20,
        [Description("The id of the last token of the previous page")] string? after = null)
    {
        if (reference is not null && CardNumberDetector.ContainsCardNumber(reference))
        {
            throw new McpException("The reference must not contain a card number.");
        }

        var filter = new SetupIntentFilter(status is null ? null : StatusNamed(status), reference, null, null);
        var page = Answer(await tokens.ListAsync(caller.Tenant, filter, Math.Clamp(limit, 1, MostTokens), null, after, ct));
        var response = new SetupIntentListResponse([.. page.Items.Select(intent => SetupIntentFullResponse.Of(intent, PublishedVersion.Newest))], page.Before, page.After);
        return JsonSerializer.Serialize(response, ApiJson.Default.SetupIntentListResponse);
    }

    [McpServerTool(Name = "get_token", Title = "Read a token", ReadOnly = true, OpenWorld = false)]
    [Description("A token (setup intent) with its events and its masked card.")]
    public async Task<string> GetTokenAsync([Description("The id: si_sandbox_… or si_prod_…")] string id, CancellationToken ct)
    {
        var intent = Answer(await tokens.GetAsync(caller.Tenant, id, ct));
        return JsonSerializer.Serialize(SetupIntentFullResponse.Of(intent, PublishedVersion.Newest), ApiJson.Default.SetupIntentFullResponse);
    }

    [McpServerTool(Name = "list_request_logs", Title = "List requests", ReadOnly = true, OpenWorld = false)]
    [Description("Requests to the API, newest first, of the last 30 days: route, status, duration, refusal, trace id. For the next page send the last 'at' and 'id'.")]
    public async Task<IReadOnlyList<LoggedRequest>> ListRequestsAsync(
        CancellationToken ct,
        [Description("A status, or its first digit: 4 for refused requests, 5 for failed ones")] int? status = null,
        [Description("GET, POST, PATCH, PUT or DELETE")] string? method = null,
        [Description("A field that was refused, such as CardNumber, or the name of a status, such as NotFound")] string? refusal = null,
        [Description("A trace id, the id of a token or a payment, or a whole reference")] string? text = null,
        [Description("1 to 100")] int limit = 20,
        [Description("'at' of the last request of the previous page")] DateTimeOffset? afterAt = null,
        [Description("'id' of the last request of the previous page")] long afterId = 0)
    {
        var search = new RequestSearch { Status = status, Method = method, Refusal = refusal, Text = text };
        RequestCursor? after = afterAt is { } at ? new RequestCursor(at, afterId) : null;
        return [.. Answer(await logs.ListAsync(caller.Tenant, search, after, Math.Clamp(limit, 1, MostLogs), ct)).Entries.Select(LoggedRequest.Of)];
    }

    [McpServerTool(Name = "list_webhooks", Title = "List webhook subscriptions", ReadOnly = true, OpenWorld = false)]
    [Description("Subscriptions to events, without their secrets.")]
    public async Task<IReadOnlyList<Subscription>> ListWebhooksAsync(CancellationToken ct) =>
        [.. (await webhooks.ListAsync(caller.Tenant, ct)).Select(webhook => new Subscription(webhook.Id, webhook.Url, webhook.Description, webhook.Events, webhook.CreatedAt, webhook.UpdatedAt))];

    private static SetupIntentStatus StatusNamed(string name) =>
        Enum.GetValues<SetupIntentStatus>().Cast<SetupIntentStatus?>().FirstOrDefault(status => status.ToString()!.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new McpException($"The status must be one of {string.Join(", ", Enum.GetNames<SetupIntentStatus>())}.");

    private static T Answer<T>(Result<T> result)
        where T : class => result.IsSuccess ? result.Value : throw new McpException(result.Refusal is Refusal.Invalid invalid ? string.Join(' ', invalid.Errors.Select(error => error.Message)) : result.Refusal.Message);
}

/// <summary>A request to the API, from the request log.</summary>
internal sealed record LoggedRequest(
    long? Id, DateTimeOffset At, string Method, string Route, int Status, double Milliseconds, string? Version, string? Refusal, string TraceId, string? ClientAddress, string? Body)
{
    public static LoggedRequest Of(RequestLogEntry entry) => new(
        entry.Id, entry.At, entry.Method, entry.Route, entry.Status, Math.Round(entry.Duration.TotalMilliseconds, 1), entry.Version, entry.Refusal, entry.TraceId,
        entry.ClientAddress?.ToString(), entry.Body?.Json);
}

/// <summary>A webhook subscription, without the secrets that sign its events.</summary>
internal sealed record Subscription(string Id, string Url, string? Description, IReadOnlyList<string> Events, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
