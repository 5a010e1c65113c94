using System.Collections.Concurrent;
using System.Net;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>Captures and refunds under load, each under its own idempotency key, and the checks of their outcome.</summary>
internal sealed class MoneyLoad(Shop shop, IReadOnlyList<string> held, IReadOnlyList<string> taken)
{
    private const int AtOnce = 8;

    private readonly ConcurrentDictionary<string, Wish> _wishes = new(StringComparer.Ordinal);
    private int _calls;

    /// <summary>The number of changes acknowledged under load.</summary>
    public int Acknowledged => _wishes.Values.Count(wish => wish.Acknowledged is not null);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Creates payments to capture and payments to refund.</summary>
    /// <param name="shop">The merchant of the payments.</param>
    /// <param name="count">The number of each. A change reads the history of its payment, so a long load needs many payments.</param>
    public static async Task<MoneyLoad> PrepareAsync(Shop shop, int count = 4) => new(shop, await shop.PayAsync("Manual", count), await shop.PayAsync("Auto", count));

    /// <summary>
    /// Captures or refunds one penny after another, each under its own key, until an answer fails to arrive. A 503 is repeated under the same key, as a client
    /// would do: a service that is away refuses thousands of requests within seconds, and each new key would be one more change to make when it is back.
    /// </summary>
    public async Task MoveAsync(bool isCapture, CancellationToken ct)
    {
        var payments = isCapture ? held : taken;
        for (var at = 0; !ct.IsCancellationRequested; at++)
        {
            var key = $"key {Interlocked.Increment(ref _calls)}";
            var wish = _wishes[key] = new Wish(payments[at % payments.Count], isCapture);
            try
            {
                Answer answer;
                do
                {
                    answer = await shop.MoveAsync(wish, key);
                }
                while (answer.Status == HttpStatusCode.ServiceUnavailable && !ct.IsCancellationRequested);

                wish.Acknowledged = answer.Status == HttpStatusCode.OK ? wish.IdIn(answer) : null;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                return; // the outcome is unknown
            }
        }
    }

    /// <summary>Waits until another change is acknowledged, however slow the machine.</summary>
    public async Task UntilMoreIsAcknowledgedAsync()
    {
        var before = Acknowledged;
        while (Acknowledged == before)
        {
            await Task.Delay(5, Ct);
        }
    }

    /// <summary>Repeats every unanswered request under its key.</summary>
    public Task RepeatAllAsync() => Parallel.ForEachAsync(
        _wishes, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Ct }, async (wish, _) => await RepeatUntilDoneAsync(wish.Key, wish.Value));

    /// <summary>Checks that each change was made once.</summary>
    public async Task ShouldHaveMovedEachOnceAsync()
    {
        foreach (var payment in taken)
        {
            // The answer omits it when nothing was refunded: on a slow machine not every payment has had its turn.
            var refunded = (await shop.ReadAsync(payment)).TryGetProperty("refundedAmount", out var amount) ? amount.GetInt64() : 0;
            refunded.ShouldBe(WishesOf(payment).Count);
        }

        foreach (var payment in held)
        {
            var captures = (await shop.ReadAsync(payment)).TryGetProperty("captures", out var all) ? all.EnumerateArray().ToArray() : [];
            captures.Where(capture => capture.GetProperty("status").ValueEquals("Successful")).Select(capture => capture.GetProperty("id").GetString()).Order(StringComparer.Ordinal)
                .ShouldBe(WishesOf(payment).Select(wish => wish.Done).Order(StringComparer.Ordinal));
        }
    }

    /// <summary>Checks that the receiver got an event for each change, and for nothing else.</summary>
    /// <param name="told">The received events by their sequence numbers.</param>
    /// <param name="queued">The number of events that were queued.</param>
    public void ShouldHaveToldEach(IReadOnlyDictionary<int, Told> told, int queued)
    {
        told.Keys.Order().ShouldBe(Enumerable.Range(1, queued), "each once, and none missing");
        var done = taken.SelectMany(WishesOf).Select(wish => wish.Done!).Order(StringComparer.Ordinal).ToArray();
        RefundsIn("refund.status_updated", "Successful").ShouldBe(done);

        // A refund that was cut off before it reached the acquirer has failed, with an event, and another was made in its place.
        var failed = RefundsIn("refund.status_updated", "Failed").ToArray();
        failed.Intersect(done, StringComparer.Ordinal).ShouldBeEmpty();
        RefundsIn("refund.created", "Created").ShouldBe(done.Concat(failed).Order(StringComparer.Ordinal));
        PaymentsIn("Captured").ShouldBe(held.Where(payment => WishesOf(payment).Count > 0).Concat(taken).Order(StringComparer.Ordinal));
        PaymentsIn("Authorized").ShouldBe(held.Order(StringComparer.Ordinal));
        told.Count.ShouldBe((2 * (done.Length + failed.Length)) + PaymentsIn("Captured").Count() + held.Count, "nothing else was told");

        IEnumerable<string> RefundsIn(string name, string status) => told.Values.Where(each => each.Name == name && each.Data["refundStatus"] == status)
            .Select(each => each.Data["refundId"]).Order(StringComparer.Ordinal);

        IEnumerable<string> PaymentsIn(string status) => told.Values.Where(each => each.Name == "payment_intent.status_updated" && each.Data["paymentStatus"] == status)
            .Select(each => each.Data["paymentIntentId"]).Order(StringComparer.Ordinal);
    }

    /// <summary>Repeats an unanswered request under its key; a request that was answered gets the same answer again.</summary>
    private async Task RepeatUntilDoneAsync(string key, Wish wish)
    {
        Answer? answer;
        do
        {
            answer = await TryMoveAsync(wish, key);
        }
        while (answer?.Status is null or HttpStatusCode.Conflict or HttpStatusCode.ServiceUnavailable && !Ct.IsCancellationRequested);

        answer.ShouldNotBeNull().Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        var id = wish.IdIn(answer);
        (wish.Acknowledged ?? id).ShouldBe(id);
        wish.Done = id;
    }

    // Null when no answer arrived: a connection may end at any time, and the key makes repeating safe.
    private async Task<Answer?> TryMoveAsync(Wish wish, string key)
    {
        try
        {
            return await shop.MoveAsync(wish, key);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private List<Wish> WishesOf(string payment) => [.. _wishes.Values.Where(wish => wish.Payment == payment)];
}
