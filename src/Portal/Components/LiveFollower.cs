using System.Threading.Channels;

namespace Dojo.Pci.Portal.Components;

/// <summary>Passes a subscription's news to a page until the page is disposed or follows another subscription.</summary>
/// <param name="dispatch">The page's <c>InvokeAsync</c>, so that the page handles news in its renderer's context, one item at a time.</param>
/// <param name="report">The page's <c>DispatchExceptionAsync</c>.</param>
internal sealed class LiveFollower(Func<Func<Task>, Task> dispatch, Func<Exception, Task> report) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IDisposable? _subscription;

    /// <summary>The pause after each update, during which news is collected, and the clock that measures it; null for no pause.</summary>
    public (TimeSpan Pause, TimeProvider Clock)? Spacing { get; init; }

    /// <summary>Canceled when the page is disposed.</summary>
    public CancellationToken Leaving => _leaving.Token;

    /// <summary>Follows a subscription in place of the previous one; null follows nothing.</summary>
    /// <param name="subscription">The subscription, which the follower disposes.</param>
    /// <param name="readAsync">Waits for the subscription's next news.</param>
    /// <param name="takeInAsync">Shows the news.</param>
    public void Follow<TSubscription, TNews>(TSubscription? subscription, Func<TSubscription, CancellationToken, Task<TNews>> readAsync, Func<TNews, Task> takeInAsync)
        where TSubscription : class, IDisposable
    {
        _subscription?.Dispose();
        _subscription = subscription;
        if (subscription is not null)
        {
            _ = ListenAsync(ct => readAsync(subscription, ct), takeInAsync, _leaving.Token);
        }
    }

    /// <summary>Follows a subscription that only signals that there is news.</summary>
    public void Follow<TSubscription>(TSubscription? subscription, Func<TSubscription, CancellationToken, Task> waitAsync, Func<Task> takeInAsync)
        where TSubscription : class, IDisposable => Follow(
            subscription,
            async (followed, ct) =>
            {
                await waitAsync(followed, ct);
                return true;
            },
            _ => takeInAsync());

    /// <inheritdoc />
    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
        _subscription?.Dispose();
    }

    private async Task ListenAsync<TNews>(Func<CancellationToken, Task<TNews>> readAsync, Func<TNews, Task> takeInAsync, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var news = await readAsync(ct);
                await dispatch(() => takeInAsync(news));
                if (Spacing is var (pause, clock))
                {
                    await Task.Delay(pause, clock, ct);
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ChannelClosedException or ObjectDisposedException)
        {
            // The page was disposed, or it follows another subscription.
        }
        catch (Exception fault)
        {
            await report(fault);
        }
    }
}
