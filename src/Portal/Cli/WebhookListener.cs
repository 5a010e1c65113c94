using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dojo.Pci.Portal.Logging;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Portal.Cli;

/// <summary>Options of a webhook listener.</summary>
/// <param name="Name">The name that distinguishes it from other listeners of the same sandbox; may be empty.</param>
/// <param name="Events">The names of its events; null for all.</param>
/// <param name="Forgets">Whether it deletes its subscription when it stops.</param>
internal sealed record WebhookListenerOptions(string Name, IReadOnlyList<string>? Events, bool Forgets);

/// <summary>
/// Fetches events with the API's long poll, posts each one, signed, to a receiver, and reports the outcome. The service hands out unreported events
/// again, so the listener may be stopped at any time. It waits for a service that is unavailable, and ends if its key is refused.
/// </summary>
internal sealed class WebhookListener(HttpClient api, HttpClient receiver, Uri forward, WebhookListenerOptions options, TimeProvider clock, TextWriter output, TextWriter errors)
{
    private const int Done = 0;
    private const int Failed = 1;

    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);

    private string Url => options.Name.Length == 0 ? WebhookUrls.Listener : $"{WebhookUrls.Listener}/{options.Name}";

    /// <summary>Listens until it is told to stop.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        try
        {
            var subscription = await PersistAsync(SubscribeAsync, stop);
            var secrets = subscription.GetProperty("secrets").EnumerateArray().Where(secret => secret.GetProperty("isActive").GetBoolean()).Select(secret => secret.GetProperty("value").GetString()!).ToList();
            var path = $"webhooks/{subscription.GetProperty("id").GetString()}";
            await output.WriteLineAsync($"Listening as {subscription.GetProperty("id").GetString()}, and posting to {forward}. Press Ctrl+C to stop.");
            await output.WriteLineAsync($"Signing secret: {secrets[0]}");
            await ListenAsync(path, secrets, stop);
            await EndAsync(path);
            return Done;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Done;
        }
        catch (RefusedException refused)
        {
            await errors.WriteLineAsync(LogScrubber.Scrub(refused.Message));
            return Failed;
        }
    }

    private async Task ListenAsync(string path, List<string> secrets, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var batch = await PersistAsync(ct => AskAsync(HttpMethod.Get, $"{path}/deliveries?wait=25", null, ct), stop);
                foreach (var one in batch.GetProperty("data").EnumerateArray())
                {
                    stop.ThrowIfCancellationRequested();
                    await PassOnAsync(path, one, secrets);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The service hands out the rest again next time.
        }
    }

    private async Task EndAsync(string path)
    {
        if (options.Forgets)
        {
            await AskAsync(HttpMethod.Delete, path, null, CancellationToken.None);
            await output.WriteLineAsync("Stopped. The subscription is deleted.");
        }
        else
        {
            await output.WriteLineAsync("Stopped. Events wait for up to 30 days, until you listen again.");
        }
    }

    // Finds or creates the subscription of this name, with the requested events.
    private async Task<JsonElement> SubscribeAsync(CancellationToken ct)
    {
        var known = await AskAsync(HttpMethod.Get, "webhooks", null, ct);
        var events = options.Events ?? [.. (await AskAsync(HttpMethod.Get, "webhooks/events", null, ct)).EnumerateArray().SelectMany(model => model.GetProperty("events").EnumerateArray()).Select(name => name.GetString()!)];
        foreach (var subscription in known.EnumerateArray())
        {
            if (subscription.GetProperty("url").GetString() == Url)
            {
                // Even if nothing changes, because the subscription may have been disabled.
                return await AskAsync(HttpMethod.Patch, $"webhooks/{subscription.GetProperty("id").GetString()}", new { events }, ct);
            }
        }

        return await AskAsync(HttpMethod.Post, "webhooks", new { url = Url, events, description = "webhooks listen" }, ct);
    }

    // Takes no cancellation token, so that every posted event is reported.
    private async Task PassOnAsync(string path, JsonElement one, List<string> secrets)
    {
        var (id, name, sequence) = (one.GetProperty("id").GetString()!, one.GetProperty("event").GetString()!, one.GetProperty("sequence").GetInt64());
        var body = Encoding.UTF8.GetBytes(one.GetProperty("body").GetString()!);
        var started = clock.GetTimestamp();
        var status = await PostAsync(WebhookSigner.HeadersOf(id, sequence, body, secrets, clock.GetUtcNow()), body);
        var duration = (int)Math.Min(clock.GetElapsedTime(started).TotalMilliseconds, 3_600_000);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{clock.GetLocalNow():HH:mm:ss}  {name}  {id}  → {(status is { } known ? known.ToString(CultureInfo.InvariantCulture) : "no answer")} ({duration} ms)"));
        try
        {
            await AskAsync(HttpMethod.Put, $"{path}/deliveries/{id}/outcome", new { status, durationMilliseconds = duration }, CancellationToken.None);
        }
        catch (HttpRequestException)
        {
            // The service hands the event out again; receivers keep the ids that they have seen.
        }
    }

    private async Task<int?> PostAsync(IReadOnlyList<(string Name, string Value)> headers, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, forward) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var answer = await receiver.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return (int)answer.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    // Retries with growing pauses while the service is unavailable or busy.
    private async Task<JsonElement> PersistAsync(Func<CancellationToken, Task<JsonElement>> ask, CancellationToken stop)
    {
        for (var pause = TimeSpan.FromSeconds(1); ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                return await ask(stop);
            }
            catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !stop.IsCancellationRequested))
            {
                await errors.WriteLineAsync($"The service at {api.BaseAddress} does not answer; trying again.");
                await Task.Delay(pause, clock, stop);
            }
        }
    }

    private async Task<JsonElement> AskAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("version", PublishedVersion.Newest);
        using var answer = await api.SendAsync(request, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        if (answer.IsSuccessStatusCode)
        {
            return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        }

        throw answer.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            ? new HttpRequestException(null, null, answer.StatusCode)
            : new RefusedException(Explain(answer.StatusCode, text));
    }

    private static string Explain(HttpStatusCode status, string problem) => status switch
    {
        HttpStatusCode.Unauthorized => "The service does not know this API key.",
        HttpStatusCode.NotFound => "The service has no events to fetch for this key: it must be a sandbox key.",
        _ => $"The service refused ({(int)status}): {DetailIn(problem)}",
    };

    private static string DetailIn(string problem)
    {
        try
        {
            using var json = JsonDocument.Parse(problem);
            return json.RootElement.TryGetProperty("errors", out var fields)
                ? string.Join(' ', fields.EnumerateObject().SelectMany(field => field.Value.EnumerateArray()).Select(message => message.GetString()))
                : json.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() ?? "" : "";
        }
        catch (JsonException)
        {
            return "what answers there is not this service.";
        }
    }

    private sealed class RefusedException(string message) : Exception(message);
}
