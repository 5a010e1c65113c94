using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.RequestLogs;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>The place of one request among those that write. <see cref="ApiGateMiddleware"/> creates it, and gives it back at the end.</summary>
internal sealed class WriteSlot(WriteAdmission writes, WriteCaller caller, TimeProvider clock)
{
    private bool _isInside;

    /// <summary>The place of a request to an operation that writes.</summary>
    public static WriteSlot Of(HttpContext context) =>
        context.Features.Get<WriteSlot>() ?? throw new InvalidOperationException("Only an operation that writes has a place.");

    /// <summary>Takes the place.</summary>
    /// <returns>Null if the request is admitted, otherwise the reason why not, for <see cref="RefuseAsync"/>.</returns>
    public UnavailableException? TryEnter()
    {
        var refusal = writes.TryEnter(caller);
        _isInside = refusal is null;
        return refusal;
    }

    /// <summary>Answers a request that is not admitted.</summary>
    public async Task RefuseAsync(HttpContext context, UnavailableException refusal)
    {
        // Counted, not logged: a refused caller retries many times per second, and each log entry would be one more write.
        RequestLogNote.Of(context).Omit();
        await Task.Delay(writes.TakePause(), clock, context.RequestAborted);
        await Problems.WriteAsync(context, refusal);
    }

    /// <summary>Waits for more of a body, for as long as <see cref="Limits.BodyWithin"/> allows.</summary>
    /// <param name="read">Reads the rest of the body; its token is cancelled when the time is up.</param>
    /// <exception cref="UnavailableException">Too many requests wait for their bodies.</exception>
    /// <exception cref="BadHttpRequestException">408: the body did not arrive in time.</exception>
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
            throw new BadHttpRequestException("The body did not arrive in time.", StatusCodes.Status408RequestTimeout, late);
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
