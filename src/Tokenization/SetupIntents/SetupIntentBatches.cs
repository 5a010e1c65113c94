using System.Text.Json;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>The outcome of a batch.</summary>
/// <param name="Items">One result for each item, in the same order: the setup intent as it was created, or the refusal.</param>
public sealed record SetupIntentBatch(IReadOnlyList<Result<SetupIntent>> Items);

/// <summary>
/// Creates many setup intents in one call. It authorizes a few cards at a time, and then stores all outcomes in one transaction, together with the answer to
/// each item if there is an idempotency key. Item n gets the n-th of a row of consecutive internal ids, also when a batch is resumed after a crash, so that
/// the acquirer recognises each attempt.
/// </summary>
internal sealed class SetupIntentBatches(ISetupIntentStore store, IdempotentWork idempotency, IdempotencyHasher hasher, NewSetupIntents newIntents, SetupIntentIds ids)
{
    // A hundred cards, this many at a time and each for a minute at most, end within the lease time.
    private const int AtOnce = 16;
    private static readonly TimeSpan s_leaseTime = TimeSpan.FromMinutes(10);

    public Task<Result<SetupIntentBatch>> CreateAsync(Caller caller, IReadOnlyList<Result<SetupIntentRequest>> items, IdempotencyKey? key)
    {
        var first = ids.Next(items.Count);
        return key is null
            ? CreateAsync(caller, items, first, keyHash: null)
            : idempotency.RunAsync(
                new IdempotentRequest(caller.Tenant, key, hasher.OfBatch(caller.Tenant, items)) { LeaseTime = s_leaseTime },
                first,
                answer => ReplayAsync(caller.Tenant, answer),
                (recordId, keyHash) => CreateAsync(caller, items, recordId, keyHash));
    }

    private async Task<Result<SetupIntentBatch>> CreateAsync(Caller caller, IReadOnlyList<Result<SetupIntentRequest>> items, long first, byte[]? keyHash)
    {
        var prepared = new Result<PreparedSetupIntent>[items.Count];
        await Parallel.ForAsync(0, items.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (place, _) =>
            prepared[place] = items[place].Value is { } request ? await newIntents.PrepareAsync(caller, request, first + place) : items[place].Refusal!);

        var outcomes = await store.InsertAsync(
            caller.Tenant,
            [.. prepared.Select(item => item.Value)],
            keyHash,
            inserted => new IdempotencyAnswer(first, nameof(SetupIntentBatch), DateTimeOffset.UnixEpoch, BatchAnswers.Write(Merge(prepared, inserted))));
        return new SetupIntentBatch([.. Merge(prepared, outcomes).Select(item => item.IsSuccess ? (Result<SetupIntent>)ids.WithClientSecret(item.Value.Intent) : item.Refusal)]);
    }

    /// <summary>Returns the prepared setup intents, and for those that were not stored the refusals.</summary>
    private static IEnumerable<Result<PreparedSetupIntent>> Merge(Result<PreparedSetupIntent>[] prepared, IReadOnlyList<InsertOutcome> outcomes) =>
        prepared.Select((item, place) => item.IsSuccess && NewSetupIntents.RefusalOf(outcomes[place]) is { } refusal ? refusal : item);

    private async Task<Result<SetupIntentBatch>> ReplayAsync(Tenant tenant, IdempotencyAnswer answer)
    {
        var items = new List<Result<SetupIntent>>();
        foreach (var item in BatchAnswers.Read(answer))
        {
            items.Add(item.IsSuccess
                ? ids.AsAnsweredFirst(
                    await store.FindAsync(tenant, item.Value.RecordId, CancellationToken.None) ?? throw new InvalidOperationException("An answered idempotency key names no setup intent."),
                    item.Value)
                : item.Refusal);
        }

        return new SetupIntentBatch(items);
    }
}

/// <summary>Converts the answer to a batch to and from the JSON that is kept: the status and time of each setup intent, and the content of each refusal.</summary>
internal static class BatchAnswers
{
    public static string Write(IEnumerable<Result<PreparedSetupIntent>> items) => JsonSerializer.Serialize(
        items.Select(item => item.Value is { Intent: var intent } ? new Answer { Status = intent.Status.ToString(), At = UnixTime.Of(intent.UpdatedAt) } : Of(item.Refusal!)).ToArray());

    /// <summary>Reads the items of an answer. Each setup intent has its internal id.</summary>
    public static IEnumerable<Result<IdempotencyAnswer>> Read(IdempotencyAnswer answer) => JsonSerializer.Deserialize<Answer[]>(answer.ItemsJson!)!.Select((item, place) =>
        item.Status is { } status ? (Result<IdempotencyAnswer>)new IdempotencyAnswer(answer.RecordId + place, status, UnixTime.ToInstant(item.At)) : RefusalOf(item));

    private static Answer Of(Refusal refusal) => refusal switch
    {
        Refusal.Invalid invalid => new Answer { Errors = [.. invalid.Errors] },
        Refusal.Limited limited => new Answer { Message = limited.Message, RetryAfter = limited.RetryAfter.TotalSeconds },
        _ => new Answer { Message = refusal.Message },
    };

    private static Refusal RefusalOf(Answer item) =>
        item.Errors is { } errors ? new Refusal.Invalid(errors)
        : item.RetryAfter is { } seconds ? new Refusal.Limited(item.Message!, TimeSpan.FromSeconds(seconds))
        : new Refusal.Conflict(item.Message!);

    private sealed record Answer
    {
        public string? Status { get; init; }

        public long At { get; init; }

        public FieldError[]? Errors { get; init; }

        public string? Message { get; init; }

        public double? RetryAfter { get; init; }
    }
}
