namespace Dojo.Pci.Portal.Security;

/// <summary>
/// Marks a request whose form was refused: the form does not belong to the current page, or its antiforgery token does not belong to the
/// sender. <see cref="Api.Errors.ErrorMiddleware"/> answers with a fresh page that says what happened.
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

    /// <summary>Whether the request was refused for a stale form.</summary>
    public static bool IsOf(HttpContext context) => context.Features.Get<StaleForm>() is not null;
}
