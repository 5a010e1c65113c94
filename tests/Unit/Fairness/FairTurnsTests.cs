using Dojo.Pci.Tokenization.Fairness;

namespace Dojo.Pci.Tests.Unit.Fairness;

public sealed class FairTurnsTests
{
    private readonly FairTurns<string> _turns = new(1);
    private readonly List<string> _served = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_many_run_at_a_time_as_there_are_turns()
    {
        var turns = new FairTurns<string>(2);
        await turns.WaitAsync("a", Ct);
        await turns.WaitAsync("a", Ct);

        var third = turns.WaitAsync("a", Ct).AsTask();
        third.IsCompleted.ShouldBeFalse();
        turns.Release();
        await third;
    }

    [Fact]
    public async Task A_caller_that_comes_behind_a_hundred_of_another_waits_for_one_of_them()
    {
        await _turns.WaitAsync("flood", Ct);
        var waiting = Enumerable.Range(0, 100).Select(_ => ServeAsync("flood")).ToList();
        waiting.Add(ServeAsync("other"));
        _turns.Release();
        await Task.WhenAll(waiting);

        _served.IndexOf("other").ShouldBe(1);
    }

    [Fact]
    public async Task Callers_that_wait_take_turns_and_each_is_served_in_its_order()
    {
        await _turns.WaitAsync("first", Ct);
        string[] callers = ["a", "a", "a", "b", "b", "c"];
        var waiting = callers.Select(ServeAsync).ToList();
        _turns.Release();
        await Task.WhenAll(waiting);

        _served.ShouldBe(["a", "b", "c", "a", "b", "a"]);
    }

    [Fact]
    public async Task One_that_stops_waiting_is_passed_by_and_takes_no_turn_along()
    {
        using var leaving = new CancellationTokenSource();
        await _turns.WaitAsync("first", Ct);
        var leaver = _turns.WaitAsync("leaver", leaving.Token).AsTask();
        var other = ServeAsync("other");
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(leaver);

        _turns.Release();
        await other;

        await _turns.WaitAsync("again", Ct);
    }

    [Fact]
    public async Task However_many_come_and_leave_at_the_same_moment_no_turn_is_lost()
    {
        var turns = new FairTurns<int>(2);
        var running = 0;
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => Task.Run(
            async () =>
            {
                using var leaving = new CancellationTokenSource();
                try
                {
                    var turn = turns.WaitAsync(i % 7, i % 3 == 0 ? leaving.Token : Ct).AsTask();
                    await leaving.CancelAsync();
                    await turn;
                }
                catch (OperationCanceledException)
                {
                    return;
                }

                Interlocked.Increment(ref running).ShouldBeLessThanOrEqualTo(2);
                await Task.Yield();
                Interlocked.Decrement(ref running);
                turns.Release();
            },
            Ct)));

        await turns.WaitAsync(0, Ct);
        await turns.WaitAsync(0, Ct);
        turns.WaitAsync(0, Ct).AsTask().IsCompleted.ShouldBeFalse();
    }

    private async Task ServeAsync(string caller)
    {
        await _turns.WaitAsync(caller, Ct);
        _served.Add(caller);
        _turns.Release();
    }
}
