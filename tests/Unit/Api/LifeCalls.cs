using System.Text;
using System.Text.Json;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>The calls that follow the creation of a setup intent.</summary>
internal static class LifeCalls
{
    public static Task<ApiAnswer> GetIntentAsync(this HttpClient client, string id) => client.AskAsync(HttpMethod.Get, $"/setup-intents/{id}");

    public static Task<ApiAnswer> GetPublicAsync(this HttpClient client, string id) => client.AskAsync(HttpMethod.Get, $"/setup-intents/public/{id}");

    public static Task<ApiAnswer> DeleteIntentAsync(this HttpClient client, string id, string query = "") =>
        client.AskAsync(HttpMethod.Delete, $"/setup-intents/{id}{query}");

    public static Task<ApiAnswer> RefreshAsync(this HttpClient client, string id) =>
        client.AskAsync(HttpMethod.Post, $"/setup-intents/{id}/refresh-client-session-secret", []);

    public static Task<ApiAnswer> RefreshPublicAsync(this HttpClient client, string id) =>
        client.AskAsync(HttpMethod.Post, $"/setup-intents/public/{id}/refresh-client-session-secret", []);

    public static Task<ApiAnswer> ListAsync(this HttpClient client, string query = "") => client.AskAsync(HttpMethod.Get, $"/setup-intents{query}");

    public static Task<ApiAnswer> MoveClockAsync(this HttpClient client, string json) =>
        client.AskAsync(HttpMethod.Post, "/sandbox/clock", Encoding.UTF8.GetBytes(json));

    /// <summary>Makes the client request another version.</summary>
    public static HttpClient InVersion(this HttpClient client, string version)
    {
        client.DefaultRequestHeaders.Remove("version");
        client.DefaultRequestHeaders.Add("version", version);
        return client;
    }

    /// <summary>Creates a setup intent and returns its token.</summary>
    public static async Task<string> CreateAsync(this HttpClient client, ACard? card = null) =>
        (await client.TokenizeAsync((card ?? new ACard()).ToJson())).ShouldBeOk()["id"];

    public static IReadOnlyList<string> Ids(this ApiAnswer list) =>
        [.. list.Json.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    /// <summary>Returns a member of the answer that may be missing.</summary>
    public static string? Find(this ApiAnswer answer, string member) => answer.Json.TryGetProperty(member, out var value) ? value.GetString() : null;

    public static IReadOnlyList<string> EventTypes(this ApiAnswer answer) =>
        [.. answer.Json.GetProperty("setupEvents").EnumerateArray().Select(entry => entry.GetProperty("eventType").GetString()!)];

    public static JsonElement At(this ApiAnswer answer, params IEnumerable<string> path) =>
        path.Aggregate(answer.Json, (element, member) => element.GetProperty(member));
}
