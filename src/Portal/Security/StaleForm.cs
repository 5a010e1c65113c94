namespace Dojo.Pci.Portal.Security;

/// <summary>
/// Marks a request whose form was not taken: it does not belong to the page as it is now, or its protection does not belong to who
/// sent it. <see cref="Api.Errors.ErrorMiddleware"/> answers it with the page anew, and what happened above it.
/// </summary>
internal sealed class StaleForm
{
    private static readonly StaleForm s_mark = new();

    private StaleForm()
    {
    }

    /// <summary>Refuses the request. Nothing of the response may have been sent.</summary>
    public static void Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Features.Set(s_mark);
    }

    /// <summary>Whether a request was refused.</summary>
    public static bool IsOf(HttpContext context) => context.Features.Get<StaleForm>() is not null;
}
