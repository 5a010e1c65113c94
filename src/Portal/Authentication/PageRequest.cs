using Dojo.Pci.Portal.Security;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>
/// The request that a scope belongs to, for what is made within it; nothing in the scope of a circuit. In place of the
/// framework's accessor, which costs every request of the API a new context and three objects of its own.
/// </summary>
internal sealed class PageRequest
{
    /// <summary>The request; null in a circuit, also in the request that carries one.</summary>
    public HttpContext? Context { get; private set; }

    /// <summary>Notes the request in its scope. To be called for pages alone: the API makes no scope.</summary>
    public static Task NoteAsync(HttpContext context, RequestDelegate next)
    {
        if (!CircuitOriginMiddleware.IsCircuit(context))
        {
            context.RequestServices.GetRequiredService<PageRequest>().Context = context;
        }

        return next(context);
    }
}
