namespace Dojo.Pci.Portal.Components;

/// <summary>
/// Has the parts that stand on every page of a circuit look again, each after its own pause and all by one timer; and tells the bell that the member has put notices away or back.
/// </summary>
/// <param name="clock">What the timer goes by.</param>
public sealed class NoticeSignal(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(3);

    private readonly List<Look> _looks = [];
    private readonly CancellationTokenSource _ended = new();
    private Task? _ticking;

    /// <summary>They have.</summary>
    public event EventHandler? Changed;

    /// <summary>Says so.</summary>
    public void Raise() => Changed?.Invoke(this, EventArgs.Empty);

    /// <summary>Has something be looked at again and again, until what is returned is disposed.</summary>
    /// <param name="every">After which pause; never more often than every three seconds.</param>
    /// <param name="look">Looks; on the renderer's own thread, as <c>InvokeAsync</c> gives it.</param>
    public IDisposable LookAgain(TimeSpan every, Func<Task> look)
    {
        var added = new Look(this, every, look) { Since = clock.GetTimestamp() };
        lock (_looks)
        {
            _looks.Add(added);
            _ticking ??= TickAsync(new PeriodicTimer(s_tick, clock));
        }

        return added;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task TickAsync(PeriodicTimer timer)
    {
        var ended = _ended.Token;
        using (timer)
        {
            try
            {
                while (await timer.WaitForNextTickAsync(ended))
                {
                    foreach (var due in TakeDue())
                    {
                        await due();
                    }
                }
            }
            catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
            {
                // The reader has left.
            }
        }
    }

    // A tick may be a little early by the clock that pauses are measured with.
    private List<Func<Task>> TakeDue()
    {
        lock (_looks)
        {
            var due = _looks.Where(look => clock.GetElapsedTime(look.Since) >= look.Every - (s_tick / 2)).ToList();
            due.ForEach(look => look.Since = clock.GetTimestamp());
            return [.. due.Select(look => look.Again)];
        }
    }

    private sealed class Look(NoticeSignal signal, TimeSpan every, Func<Task> look) : IDisposable
    {
        public TimeSpan Every { get; } = every;

        public Func<Task> Again { get; } = look;

        public long Since { get; set; }

        public void Dispose()
        {
            lock (signal._looks)
            {
                signal._looks.Remove(this);
            }
        }
    }
}
