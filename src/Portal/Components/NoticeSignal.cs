namespace Dojo.Pci.Portal.Components;

/// <summary>
/// Refreshes the components that are on every page of a circuit, each at its own interval but all from one timer. Also tells the bell that the member
/// has dismissed or restored notices.
/// </summary>
/// <param name="clock">The clock of the timer.</param>
public sealed class NoticeSignal(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(3);

    private readonly List<Look> _looks = [];
    private readonly CancellationTokenSource _ended = new();
    private Task? _ticking;

    /// <summary>Raised when the member has dismissed or restored notices.</summary>
    public event EventHandler? Changed;

    /// <summary>Raises <see cref="Changed"/>.</summary>
    public void Raise() => Changed?.Invoke(this, EventArgs.Empty);

    /// <summary>Calls a callback repeatedly until the returned object is disposed.</summary>
    /// <param name="every">The interval between calls; effectively at least three seconds, the period of the timer.</param>
    /// <param name="look">The callback, which dispatches to the renderer itself, such as by <c>InvokeAsync</c>.</param>
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
                // The circuit has ended.
            }
        }
    }

    // A tick may be slightly early by the clock that measures the intervals, so half a tick is tolerated.
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
