using Dojo.Pci.Portal.Security;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>
/// Gives scoped services the request of their scope; there is none in the scope of a circuit. It replaces the framework's
/// <c>IHttpContextAccessor</c>, which costs every request of the API a new execution context and three objects.
/// </summary>
internal sealed class PageRequest
{
    /// <summary>The request; null in a circuit, and in the request that carries a circuit.</summary>
    public HttpContext? Context { get; private set; }

    /// <summary>Notes the request in its scope. To be called for pages only: the API creates no scope.</summary>
    public static Task NoteAsync(HttpContext context, RequestDelegate next)
    {
        if (!CircuitOriginMiddleware.IsCircuit(context))
        {
            context.RequestServices.GetRequiredService<PageRequest>().Context = context;
        }

        return next(context);
    }
}
