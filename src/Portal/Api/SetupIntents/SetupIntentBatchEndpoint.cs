using System.Text.Json;
using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;
using static Dojo.Pci.Portal.Api.Gate.AdmittedRequest;

namespace Dojo.Pci.Portal.Api.SetupIntents;

/// <summary>
/// <c>POST /setup-intents/batch</c>, an extension of ours: 1 to 100 bodies of <c>POST /setup-intents</c>, each validated by itself. The whole body
/// has the same size limit as any other, and is held in the one buffer that is zeroed at the end.
/// </summary>
internal sealed class SetupIntentBatchEndpoint(ISetupIntentService service, RateLimits rates)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapResource(ApiPaths.SetupIntentBatch, new Operation(HttpMethods.Post, ApiKeyScopes.Tokenize, CreateAsync, TakesBody: true));

    private async Task CreateAsync(HttpContext context)
    {
        if (!IdempotencyHeader.TryRead(context.Request.Headers, out var idempotencyKey, out var headerError))
        {
            await Problems.WriteAsync(context, headerError);
            return;
        }

        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var caller = CallerOf(context);
        var read = SetupIntentBatchBody.Read(body.Utf8, SetupIntentBody.RuleOf(caller.Tenant.Environment));
        if (read.Value is not { } items)
        {
            await Problems.WriteAsync(context, read.Refusal!);
            return;
        }

        try
        {
            // The gate has already counted one.
            if (items.Count > 1 && !rates.TryTake(context.Features.Get<AuthenticatedKey>()!.Key.Id, items.Count - 1, out var retryAfter))
            {
                await Problems.WriteAsync(context, new Refusal.Limited("Too many setup intents for the rate limit: each item of a batch counts.", retryAfter));
                return;
            }

            var created = await service.CreateBatchAsync(caller, items, idempotencyKey);
            await (created.IsSuccess
                ? JsonAnswer.WriteAsync(context, SetupIntentBatchResponse.Of(created.Value), ApiJson.Default.SetupIntentBatchResponse)
                : Problems.WriteAsync(context, created.Refusal));
        }
        finally
        {
            foreach (var item in items)
            {
                item.Value?.Dispose();
            }
        }
    }
}

/// <summary>The body of a batch.</summary>
internal static class SetupIntentBatchBody
{
    private const int MostItems = 100;

    private static readonly BodyProperty<Items>[] s_members = [new("items", (ref reader, items) => items.Read(ref reader))];

    /// <summary>Returns the request or the broken rules of each item; or the rules that the body as a whole breaks.</summary>
    public static Result<IReadOnlyList<Result<SetupIntentRequest>>> Read(ReadOnlySpan<byte> json, TestCardRule testCards)
    {
        var items = new Items();
        if (!StrictJson.TryRead(json, s_members, items, out var refusal))
        {
            return refusal!;
        }

        if (items.Refusal is { } broken)
        {
            return broken;
        }

        var text = StrictJson.WithoutByteOrderMark(json);
        var requests = new List<Result<SetupIntentRequest>>();
        foreach (var range in items.Ranges)
        {
            requests.Add(SetupIntentBody.Validate(text[range], testCards));
        }

        return requests;
    }

    /// <summary>Notes the position of each item in the body, so that each is read as a separate body.</summary>
    private sealed class Items : BodyErrors
    {
        public List<Range> Ranges { get; } = [];

        public override Refusal.Invalid? Refusal => base.Refusal ?? (Ranges.Count is < 1 or > MostItems
            ? new Refusal.Invalid([new FieldError("Items", $"The Items field must be a list of 1 to {MostItems} setup intents.")])
            : null);

        public void Read(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                WrongType("Items", "a list");
                reader.Skip();
                return;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (Ranges.Count <= MostItems)
                {
                    Ranges.Add(start..(int)reader.BytesConsumed);
                }
            }
        }
    }
}

/// <summary>The answers to a batch, in the order of its items.</summary>
internal sealed record SetupIntentBatchResponse(IReadOnlyList<SetupIntentBatchItemResponse> Items)
{
    public static SetupIntentBatchResponse Of(SetupIntentBatch batch) => new([.. batch.Items.Select(SetupIntentBatchItemResponse.Of)]);
}

/// <summary>The answer to one item of a batch: the status that it would have had alone, with the setup intent or the problem.</summary>
internal sealed record SetupIntentBatchItemResponse(int Status, SetupIntentResponse? SetupIntent, Problem? Problem)
{
    public static SetupIntentBatchItemResponse Of(Result<SetupIntent> item)
    {
        if (item.IsSuccess)
        {
            return new(StatusCodes.Status200OK, SetupIntentResponse.Of(item.Value), Problem: null);
        }

        var problem = Problems.Make(item.Refusal);
        return new(problem.Status, SetupIntent: null, problem);
    }
}
