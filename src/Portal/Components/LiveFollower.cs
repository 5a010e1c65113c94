using System.Threading.Channels;

namespace Dojo.Pci.Portal.Components;

/// <summary>Hands a page live news, until the page goes or follows something else.</summary>
/// <param name="dispatch">The page's <c>InvokeAsync</c>: news is taken in where the page renders, one after another.</param>
/// <param name="report">The page's <c>DispatchExceptionAsync</c>.</param>
internal sealed class LiveFollower(Func<Func<Task>, Task> dispatch, Func<Exception, Task> report) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IDisposable? _subscription;

    /// <summary>How long news is collected before more of it is shown, by a clock; null for not at all.</summary>
    public (TimeSpan Pause, TimeProvider Clock)? Spacing { get; init; }

    /// <summary>Canceled when the page goes.</summary>
    public CancellationToken Leaving => _leaving.Token;

    /// <summary>Follows a subscription in place of the one before; null for none.</summary>
    /// <param name="subscription">The subscription, which is ended here.</param>
    /// <param name="readAsync">Waits for news of it.</param>
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

    /// <summary>The same of a subscription that tells no more than that there is news.</summary>
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
            // The reader has left the page, or what it followed.
        }
        catch (Exception fault)
        {
            await report(fault);
        }
    }
}
