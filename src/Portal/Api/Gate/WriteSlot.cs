using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.RequestLogs;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>The place of one request among those that write. <see cref="ApiGateMiddleware"/> makes it, and leaves it at the end.</summary>
internal sealed class WriteSlot(WriteAdmission writes, WriteCaller caller, TimeProvider clock)
{
    private bool _isInside;

    /// <summary>The place of a request to an operation that writes.</summary>
    public static WriteSlot Of(HttpContext context) =>
        context.Features.Get<WriteSlot>() ?? throw new InvalidOperationException("Only an operation that writes has a place.");

    /// <summary>Takes the place.</summary>
    /// <returns>Null, or why the request has to stay out: see <see cref="RefuseAsync"/>.</returns>
    public UnavailableException? TryEnter()
    {
        var refusal = writes.TryEnter(caller);
        _isInside = refusal is null;
        return refusal;
    }

    /// <summary>Answers a request that has to stay out.</summary>
    public async Task RefuseAsync(HttpContext context, UnavailableException refusal)
    {
        // Counted, not logged: a refused caller comes back many times a second, and each entry would be one more write.
        RequestLogNote.Of(context).Omit();
        await Task.Delay(writes.TakePause(), clock, context.RequestAborted);
        await Problems.WriteAsync(context, refusal);
    }

    /// <summary>Waits for more of a body, for as long as <see cref="Limits.BodyWithin"/> allows.</summary>
    /// <param name="read">Reads the rest of it; its token is cancelled when time is up.</param>
    /// <exception cref="UnavailableException">Too many bodies are waited for.</exception>
    /// <exception cref="BadHttpRequestException">408: the body was not in within the time.</exception>
    public async ValueTask<T> WaitForBodyAsync<T>(Func<CancellationToken, ValueTask<T>> read)
    {
        writes.BeginWaitForBody(caller);
        using var deadline = new CancellationTokenSource(Limits.BodyWithin, clock);
        try
        {
            return await read(deadline.Token);
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body was not in within the time.", StatusCodes.Status408RequestTimeout, late);
        }
        finally
        {
            writes.EndWaitForBody(caller);
        }
    }

    /// <summary>Gives the place back, if it was taken.</summary>
    public void Leave()
    {
        if (_isInside)
        {
            _isInside = false;
            writes.Leave(caller);
        }
    }
}
