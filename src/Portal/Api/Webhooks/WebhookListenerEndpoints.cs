using System.Globalization;
using System.Text.Json;
using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Api.RequestLogs;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;
using Dojo.Pci.Tokenization.Webhooks;
using static Dojo.Pci.Portal.Api.Gate.AdmittedRequest;

namespace Dojo.Pci.Portal.Api.Webhooks;

/// <summary>
/// Two operations of ours for developers whose machine cannot be reached from outside: one fetches the events of a sandbox with a long poll, the
/// other reports the outcome of each. Production keys get 404.
/// </summary>
internal sealed class WebhookListenerEndpoints(IWebhookListening listening, IHostApplicationLifetime lifetime)
{
    private const int DefaultLimit = 50;
    private const int DefaultWait = 25;

    private static readonly string[] s_names = ["limit", "wait"];

    private static readonly BodyProperty<Outcome>[] s_outcome =
    [
        new("status", (ref reader, outcome) => outcome.Take(ref reader, nameof(Outcome.Status), 100, 599)),
        new("durationMilliseconds", (ref reader, outcome) => outcome.Take(ref reader, nameof(Outcome.DurationMilliseconds), 0, 3_600_000)),
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapResource(ApiPaths.WebhookDeliveries, new Operation(HttpMethods.Get, ApiKeyScopes.Webhooks, FetchAsync) { IsSandboxOnly = true });
        routes.MapResource(ApiPaths.WebhookDeliveryOutcome, new Operation(HttpMethods.Put, ApiKeyScopes.Webhooks, ReportAsync, TakesBody: true) { IsSandboxOnly = true });
    }

    private async Task FetchAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var errors = new List<FieldError>();
        if (query.Any(entry => Array.IndexOf(s_names, entry.Key) < 0 || entry.Value.Count != 1))
        {
            errors.Add(new("Query", $"The Query must have only these parameters, each once: {string.Join(", ", s_names)}."));
        }

        var limit = Read(query, "limit", 1, IWebhookListening.LargestBatch, DefaultLimit, errors);
        var wait = Read(query, "wait", 0, (int)IWebhookListening.LongestWait.TotalSeconds, DefaultWait, errors);
        if (errors.Count > 0)
        {
            await Problems.WriteAsync(context, new Refusal.Invalid(errors));
            return;
        }

        // The wait of a long poll is not processing time and would distort the log's durations.
        RequestLogNote.Of(context).Omit();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var batch = await listening.FetchAsync(CallerOf(context).Tenant, IdOf(context), limit, TimeSpan.FromSeconds(wait), ends.Token);
        await (batch.IsSuccess
            ? JsonAnswer.WriteAsync(context, WebhookBatchResponse.Of(batch.Value), ApiJson.Default.WebhookBatchResponse)
            : Problems.WriteAsync(context, batch.Refusal));
    }

    private async Task ReportAsync(HttpContext context)
    {
        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var outcome = new Outcome();
        var refusal = StrictJson.TryRead(body.Utf8, s_outcome, outcome, out var malformed)
            ? outcome.Refusal ?? await listening.ReportAsync(
                CallerOf(context).Tenant, IdOf(context), IdOf(context, "eventId"), outcome.Status, TimeSpan.FromMilliseconds(outcome.DurationMilliseconds ?? 0))
            : malformed;
        if (refusal is not null)
        {
            await Problems.WriteAsync(context, refusal);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static int Read(IQueryCollection query, string name, int least, int most, int other, List<FieldError> errors)
    {
        if (query[name] is not [{ } text])
        {
            return other;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        errors.Add(new(Fields.Of(name), string.Create(CultureInfo.InvariantCulture, $"The {Fields.Of(name)} parameter must be a whole number from {least} to {most}.")));
        return other;
    }

    /// <summary>The reported outcome of an event.</summary>
    private sealed class Outcome : BodyErrors
    {
        public int? Status { get; private set; }

        public int? DurationMilliseconds { get; private set; }

        public void Take(ref Utf8JsonReader reader, string field, int least, int most)
        {
            if (!WholeNumber.TryRead(ref reader, out var number) || number < least || number > most)
            {
                WrongType(field, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
                reader.Skip();
                return;
            }

            _ = field == nameof(Status) ? Status = (int)number : DurationMilliseconds = (int)number;
        }
    }
}

/// <summary>The fetched events, to be passed on.</summary>
internal sealed record WebhookBatchResponse(IReadOnlyList<FetchedWebhookResponse> Data)
{
    public static WebhookBatchResponse Of(WebhookBatch batch) => new([.. batch.Events.Select(one => new FetchedWebhookResponse(one.EventId, one.Event, one.Sequence, one.Body))]);
}

/// <summary>A fetched event, to be passed on.</summary>
internal sealed record FetchedWebhookResponse(string Id, string Event, long Sequence, string Body);
