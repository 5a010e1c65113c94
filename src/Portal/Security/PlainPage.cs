using System.Text.Encodings.Web;

namespace Dojo.Pci.Portal.Security;

/// <summary>A page with only a heading and a paragraph, for when no other page can be rendered, or its files cannot be loaded.</summary>
internal static class PlainPage
{
    /// <summary>Answers with the page.</summary>
    /// <param name="context">The request; nothing of the response may have been sent.</param>
    /// <param name="status">The status.</param>
    /// <param name="title">The heading, as plain text.</param>
    /// <param name="text">What happened and what to do, as plain text.</param>
    public static Task WriteAsync(HttpContext context, int status, string title, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var (heading, paragraph) = (HtmlEncoder.Default.Encode(title), HtmlEncoder.Default.Encode(text));
        return context.Response.WriteAsync(
            $"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{heading} · Dojo PCI Portal</title></head><body><main><h1>{heading}</h1><p>{paragraph}</p></main></body></html>""",
            context.RequestAborted);
    }
}
