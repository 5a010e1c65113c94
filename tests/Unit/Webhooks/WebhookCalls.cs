using System.Text;
using System.Text.Json;
using Dojo.Pci.Tests.Unit.Api;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>The operations of webhooks, as a client calls them.</summary>
internal static class WebhookCalls
{
    public const string Path = "/webhooks";
    public const string Target = "https://hooks.example.com/incoming-events";

    public static string Body(string url = Target, params string[] events) =>
        JsonSerializer.Serialize(new { events = events.Length > 0 ? events : ["payment_intent.created", "payment_intent.status_updated"], url });

    public static Task<ApiAnswer> SubscribeAsync(this HttpClient client, string json) => client.AskAsync(HttpMethod.Post, Path, Encoding.UTF8.GetBytes(json));

    public static Task<ApiAnswer> SubscribeAsync(this HttpClient client, string url, params string[] events) => client.SubscribeAsync(Body(url, events));

    public static Task<ApiAnswer> ChangeWebhookAsync(this HttpClient client, string id, string json) =>
        client.AskAsync(HttpMethod.Patch, $"{Path}/{id}", Encoding.UTF8.GetBytes(json));

    public static Task<ApiAnswer> DeleteWebhookAsync(this HttpClient client, string id) => client.AskAsync(HttpMethod.Delete, $"{Path}/{id}");

    public static Task<ApiAnswer> ListWebhooksAsync(this HttpClient client) => client.AskAsync(HttpMethod.Get, Path);

    public static Task<ApiAnswer> SecretsAsync(this HttpClient client, string id) => client.AskAsync(HttpMethod.Get, $"{Path}/{id}/secrets");

    public static Task<ApiAnswer> MakeSecretAsync(this HttpClient client, string id) => client.AskAsync(HttpMethod.Post, $"{Path}/{id}/secrets");

    public static Task<ApiAnswer> ActivateAsync(this HttpClient client, string id, string secret) => client.AskAsync(HttpMethod.Put, $"{Path}/{id}/secrets/{secret}/activate");

    public static Task<ApiAnswer> DeleteSecretAsync(this HttpClient client, string id, string secret) => client.AskAsync(HttpMethod.Delete, $"{Path}/{id}/secrets/{secret}");

    public static IReadOnlyList<(string Id, string Value, bool IsActive)> Secrets(this ApiAnswer answer) =>
        [.. answer.Json.GetProperty("secrets").EnumerateArray().Select(secret => (
            secret.GetProperty("id").GetString()!, secret.GetProperty("value").GetString()!, secret.GetProperty("isActive").GetBoolean()))];
}
