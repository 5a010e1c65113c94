using System.Net.Mime;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Dojo.Pci.Portal.Security;

/// <summary>
/// Handles forms that are posted to pages. The framework answers a form that it refuses with its own text, or with nothing. The page's
/// answer is sent only when it is complete, so that it can be replaced.
/// </summary>
internal sealed class FormMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            ? PostAsync(context)
            : next(context);

    private async Task PostAsync(HttpContext context)
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } refused)
        {
            Refuse(context, refused.Error);
            return;
        }

        var response = context.Response.Body;
        using var page = new MemoryStream();
        context.Response.Body = page;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = response;
        }

        // The current page has no form of that name.
        if (context.Response is { StatusCode: StatusCodes.Status400BadRequest, ContentType: MediaTypeNames.Text.Plain })
        {
            context.Response.ContentType = null;
            StaleForm.Refuse(context);
            return;
        }

        page.Position = 0;
        await page.CopyToAsync(response, context.RequestAborted);
    }

    // A form that is too long or malformed is not stale.
    private static void Refuse(HttpContext context, Exception? error)
    {
        switch (error?.InnerException)
        {
            case BadHttpRequestException bad:
                context.Response.StatusCode = bad.StatusCode;
                break;
            case InvalidDataException:
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                break;
            default:
                StaleForm.Refuse(context);
                break;
        }
    }
}
