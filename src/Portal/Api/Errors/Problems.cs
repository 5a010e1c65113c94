using System.Diagnostics;
using System.Globalization;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Api.RequestLogs;
using Dojo.Pci.Portal.Logging;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Portal.Api.Errors;

/// <summary>
/// From every refusal and every status to its error body, in one table. Types are the RFC 7231 family that the seed's example
/// uses; the framework's own default would be RFC 9110.
/// </summary>
internal static class Problems
{
    /// <summary>The media type of an error body.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>Answers with a refusal of the vault.</summary>
    public static Task WriteAsync(HttpContext context, Refusal refusal) => refusal switch
    {
        Refusal.Invalid invalid => WriteAsync(context, StatusCodes.Status400BadRequest, errors: invalid.Errors),
        Refusal.WrongState => WriteAsync(context, StatusCodes.Status400BadRequest, refusal.Message),
        Refusal.NotFound => WriteAsync(context, StatusCodes.Status404NotFound, refusal.Message),
        Refusal.Conflict => WriteAsync(context, StatusCodes.Status409Conflict, refusal.Message),
        Refusal.Limited limited => WriteAsync(context, limited),
        Refusal.Forbidden or Refusal.Unconfirmed => WriteAsync(context, StatusCodes.Status403Forbidden, refusal.Message),
        _ => throw new UnreachableException(),
    };

    /// <summary>A time as the header <c>Retry-After</c> has it: whole seconds, at least one.</summary>
    public static string WholeSeconds(TimeSpan time) => Math.Max(1, Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Answers with a broken rule of one field.</summary>
    public static Task WriteAsync(HttpContext context, FieldError error) =>
        WriteAsync(context, StatusCodes.Status400BadRequest, errors: [error]);

    /// <summary>Answers with a status of HTTP.</summary>
    /// <param name="context">The request; nothing of the response may have been sent.</param>
    /// <param name="status">400 or above.</param>
    /// <param name="detail">What to do about it; never anything the caller sent.</param>
    /// <param name="errors">The broken rules of the fields, if that is what is wrong.</param>
    public static async Task WriteAsync(HttpContext context, int status, string? detail = null, IReadOnlyList<FieldError>? errors = null)
    {
        var problem = Make(status, detail, errors);
        RequestLogNote.Of(context).Refuse(status, errors);
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(context, problem, ApiJson.Default.Problem, ContentType);
    }

    /// <summary>The error body for a status.</summary>
    public static Problem Make(int status, string? detail = null, IReadOnlyList<FieldError>? errors = null)
    {
        var (type, title) = Describe(status);
        return new Problem
        {
            Errors = errors?.GroupBy(error => error.Field, StringComparer.Ordinal)
                .ToDictionary(field => field.Key, field => field.Select(error => error.Message).ToArray(), StringComparer.Ordinal),
            Type = type,
            Title = errors is null ? title : "One or more validation errors occurred.",
            Status = status,
            Detail = detail,
            TraceId = TraceIds.Current(),
        };
    }

    /// <summary>Answers that the service cannot take the request now.</summary>
    public static Task WriteAsync(HttpContext context, UnavailableException exception)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(exception.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, $"{exception.Message} Repeat the request: what was asked for is done once, or not at all.");
    }

    private static Task WriteAsync(HttpContext context, Refusal.Limited limited)
    {
        context.Response.Headers.RetryAfter = WholeSeconds(limited.RetryAfter);
        return WriteAsync(context, StatusCodes.Status429TooManyRequests, limited.Message);
    }

    private static (string Type, string Title) Describe(int status) => status switch
    {
        400 => ("https://tools.ietf.org/html/rfc7231#section-6.5.1", "Bad Request"),
        401 => ("https://tools.ietf.org/html/rfc7235#section-3.1", "Unauthorized"),
        403 => ("https://tools.ietf.org/html/rfc7231#section-6.5.3", "Forbidden"),
        404 => ("https://tools.ietf.org/html/rfc7231#section-6.5.4", "Not Found"),
        405 => ("https://tools.ietf.org/html/rfc7231#section-6.5.5", "Method Not Allowed"),
        406 => ("https://tools.ietf.org/html/rfc7231#section-6.5.6", "Not Acceptable"),
        408 => ("https://tools.ietf.org/html/rfc7231#section-6.5.7", "Request Timeout"),
        409 => ("https://tools.ietf.org/html/rfc7231#section-6.5.8", "Conflict"),
        413 => ("https://tools.ietf.org/html/rfc7231#section-6.5.11", "Payload Too Large"),
        414 => ("https://tools.ietf.org/html/rfc7231#section-6.5.12", "URI Too Long"),
        415 => ("https://tools.ietf.org/html/rfc7231#section-6.5.13", "Unsupported Media Type"),
        429 => ("https://tools.ietf.org/html/rfc6585#section-4", "Too Many Requests"),
        431 => ("https://tools.ietf.org/html/rfc6585#section-5", "Request Header Fields Too Large"),
        502 => ("https://tools.ietf.org/html/rfc7231#section-6.6.3", "Bad Gateway"),
        503 => ("https://tools.ietf.org/html/rfc7231#section-6.6.4", "Service Unavailable"),
        505 => ("https://tools.ietf.org/html/rfc7231#section-6.6.6", "HTTP Version Not Supported"),
        504 => ("https://tools.ietf.org/html/rfc7231#section-6.6.5", "Gateway Timeout"),
        >= 500 => ("https://tools.ietf.org/html/rfc7231#section-6.6.1", "An error occurred while processing your request."),
        _ => ("https://tools.ietf.org/html/rfc7231#section-6.5", "Client Error"),
    };
}
