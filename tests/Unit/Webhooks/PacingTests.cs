using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>Events yield while the process is busy, and are never delayed otherwise.</summary>
public sealed class PacingTests
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    private readonly SteppedClock _clock = new();
    private readonly WebhookPace _pace;
    private TimeSpan _used;
    private double _writesPerCommit = 30;

    public PacingTests() => _pace = new WebhookPace(_clock, () => _used, () => _writesPerCommit);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void While_processors_are_idle_nothing_waits()
    {
        for (var turn = 0; turn < 10_000; turn++)
        {
            _pace.TurnAsync(Ct).IsCompletedSuccessfully.ShouldBeTrue();
            _clock.Advance(TimeSpan.FromMicroseconds(50));
        }
    }

    [Fact]
    public async Task While_they_are_busy_a_few_go_in_every_second()
    {
        for (var look = 0; look < 20; look++)
        {
            PassBusy();
            _ = _pace.TurnAsync(Ct);
        }

        _clock.Advance(TimeSpan.FromSeconds(1)); // the waiting events have been released
        PassBusy();
        var turns = Enumerable.Range(0, WebhookPace.Fewest + 1).Select(_ => _pace.TurnAsync(Ct)).ToList();
        turns[0].IsCompletedSuccessfully.ShouldBeTrue();
        turns[1].IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1) + s_look);
        await Task.WhenAll(turns);
    }

    [Fact]
    public void Once_they_are_idle_again_nothing_waits_soon()
    {
        for (var look = 0; look < 20; look++)
        {
            PassBusy();
            _ = _pace.TurnAsync(Ct);
        }

        for (var look = 0; look < 10; look++)
        {
            _clock.Advance(s_look);
            _ = _pace.TurnAsync(Ct);
        }

        Enumerable.Range(0, 1000).ShouldAllBe(_ => _pace.TurnAsync(Ct).IsCompletedSuccessfully);
    }

    [Fact]
    public void However_busy_they_are_nothing_waits_while_no_caller_waits_for_others()
    {
        _writesPerCommit = 3;
        for (var look = 0; look < 20; look++)
        {
            PassBusy();
            _pace.TurnAsync(Ct).IsCompletedSuccessfully.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Who_waits_for_a_turn_may_leave()
    {
        using var leaving = new CancellationTokenSource();
        PassBusy();
        _ = _pace.TurnAsync(Ct);
        var turn = _pace.TurnAsync(leaving.Token);
        turn.IsCompleted.ShouldBeFalse();

        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => turn);
    }

    private void PassBusy()
    {
        _clock.Advance(s_look);
        _used += s_look * Environment.ProcessorCount;
    }
}
