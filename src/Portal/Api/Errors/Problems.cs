using System.Diagnostics;
using System.Globalization;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Api.RequestLogs;
using Dojo.Pci.Portal.Docs.Errors;
using Dojo.Pci.Portal.Logging;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Portal.Api.Errors;

/// <summary>
/// Maps every refusal, every failed outcome and every error status to its error body, in one table. The body is as Dojo documents it; the
/// header <c>Link</c> leads to the page that explains it.
/// </summary>
internal static class Problems
{
    /// <summary>The media type of an error body.</summary>
    public const string ContentType = "application/problem+json";

    private static readonly TimeSpan s_acquirerRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Answers with a refusal of the vault.</summary>
    public static Task WriteAsync(HttpContext context, Refusal refusal) => refusal switch
    {
        Refusal.Invalid invalid => WriteAsync(context, StatusCodes.Status400BadRequest, errors: invalid.Errors),
        Refusal.Limited limited => WriteAsync(context, StatusOf(refusal), refusal.Message, retryAfter: limited.RetryAfter),
        Refusal.WrongState => WriteAsync(context, StatusOf(refusal), refusal.Message, code: ErrorCodes.WrongState),
        Refusal.NotChangeable => WriteNotChangeableAsync(context, refusal),
        _ => WriteAsync(context, StatusOf(refusal), refusal.Message),
    };

    /// <summary>The error body of a refusal, as part of an answer to a request for several things.</summary>
    public static Problem Make(Refusal refusal) => refusal switch
    {
        Refusal.Invalid invalid => Make(StatusCodes.Status400BadRequest, errors: invalid.Errors),
        _ => Make(StatusOf(refusal), refusal.Message),
    };

    /// <summary>Answers with a charge whose outcome is not known. No other charge outcome is a problem: a decline is an ordinary answer.</summary>
    public static Task WriteUnknownChargeAsync(HttpContext context) => WriteAsync(
        context,
        StatusCodes.Status504GatewayTimeout,
        "The acquirer was asked, and its answer is not known. The service keeps asking for the outcome of the charge; calling charge again asks now. Nothing is charged twice.");

    /// <summary>Answers with a capture, reversal or refund that was not carried out. Dojo declares no 409 for refunds.</summary>
    /// <exception cref="UnreachableException">The settlement was carried out.</exception>
    public static Task WriteAsync(HttpContext context, Settlement settlement) => settlement.Status switch
    {
        SettlementStatus.Declined => WriteAsync(
            context,
            settlement.Kind == SettlementKind.Refund ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict,
            "The acquirer has declined. Nothing was moved."),
        SettlementStatus.Failed => WriteAsync(
            context, StatusCodes.Status503ServiceUnavailable, "The acquirer could not be asked. Nothing was moved; repeat the request.", retryAfter: s_acquirerRetryAfter),
        SettlementStatus.Created => WriteAsync(
            context,
            StatusCodes.Status504GatewayTimeout,
            "The acquirer was asked, and its answer is not known. The service keeps asking for the outcome; repeating the request asks now. No money is moved twice."),
        _ => throw new UnreachableException(),
    };

    /// <summary>Formats a time for the header <c>Retry-After</c>: whole seconds, at least one.</summary>
    public static string WholeSeconds(TimeSpan time) => Math.Max(1, Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Answers 400 with the broken rule of one field.</summary>
    public static Task WriteAsync(HttpContext context, FieldError error) =>
        WriteAsync(context, StatusCodes.Status400BadRequest, errors: [error]);

    /// <summary>Answers with an HTTP error status.</summary>
    /// <param name="context">The request; nothing of the response may have been sent.</param>
    /// <param name="status">400 or above.</param>
    /// <param name="detail">What the caller can do about it; never anything the caller sent.</param>
    /// <param name="errors">The broken rules of the fields; null if the fields are not the cause.</param>
    /// <param name="retryAfter">How long to wait before the request is repeated; null if there is no reason to wait.</param>
    /// <param name="code">The error code whose documentation page to link to; null for the page of the status.</param>
    public static async Task WriteAsync(
        HttpContext context, int status, string? detail = null, IReadOnlyList<FieldError>? errors = null, TimeSpan? retryAfter = null, string? code = null)
    {
        if (retryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = WholeSeconds(wait);
        }

        var problem = Make(status, detail, errors);
        RequestLogNote.Of(context).Refuse(status, problem, errors);
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Link = HelpFor(context, status, errors, code);
        await JsonAnswer.WriteAsync(context, problem, ApiJson.Default.Problem, ContentType);
    }

    /// <summary>The error body for a status.</summary>
    public static Problem Make(int status, string? detail = null, IReadOnlyList<FieldError>? errors = null)
    {
        var type = ProblemTypes.Of(status);
        return new Problem
        {
            Errors = errors?.GroupBy(error => error.Field, StringComparer.Ordinal)
                .ToDictionary(field => field.Key, field => field.Select(error => error.Message).ToArray(), StringComparer.Ordinal),
            Type = type.Type,
            Title = errors is null ? type.Title : "One or more validation errors occurred.",
            Status = status,
            Detail = detail,
            TraceId = TraceIds.Current(),
        };
    }

    /// <summary>Answers 503: the service cannot take the request now.</summary>
    public static Task WriteAsync(HttpContext context, UnavailableException exception) => WriteAsync(
        context,
        StatusCodes.Status503ServiceUnavailable,
        $"{exception.Message} Repeat the request: what was asked for is done once, or not at all.",
        retryAfter: exception.RetryAfter);

    // A 405 has the header Allow, which is empty if no method is allowed at present (RFC 9110, 10.2.1).
    private static Task WriteNotChangeableAsync(HttpContext context, Refusal refusal)
    {
        context.Response.Headers.Allow = "";
        return WriteAsync(context, StatusOf(refusal), refusal.Message, code: ErrorCodes.NotChangeable);
    }

    private static int StatusOf(Refusal refusal) => refusal switch
    {
        Refusal.Invalid or Refusal.WrongState => StatusCodes.Status400BadRequest,
        Refusal.NotChangeable => StatusCodes.Status405MethodNotAllowed,
        Refusal.NotFound => StatusCodes.Status404NotFound,
        Refusal.Conflict => StatusCodes.Status409Conflict,
        Refusal.Limited => StatusCodes.Status429TooManyRequests,
        Refusal.Forbidden or Refusal.Unconfirmed => StatusCodes.Status403Forbidden,
        _ => throw new UnreachableException(),
    };

    // Links to a page for each refused field; otherwise to the page of the given code, or of the status.
    private static string HelpFor(HttpContext context, int status, IReadOnlyList<FieldError>? errors, string? code)
    {
        var codes = errors?.Select(error => ErrorCodes.OfField(error.Field)).Distinct(StringComparer.Ordinal).Where(field => ErrorCatalog.Find(field) is not null).ToArray() ?? [];
        var origin = context.Request.Host.HasValue ? $"{context.Request.Scheme}{Uri.SchemeDelimiter}{context.Request.Host.Value}" : "";
        return HelpAt(origin, codes.Length > 0 ? codes : [code ?? ErrorCodes.Of(status)]);
    }

    /// <summary>The value of the header <c>Link</c> (RFC 8288) that leads to the documentation pages of errors.</summary>
    /// <param name="origin">The origin of the service; empty for relative links.</param>
    /// <param name="codes">The error codes.</param>
    public static string HelpAt(string origin, params IEnumerable<string> codes) =>
        string.Join(", ", codes.Select(code => $"<{origin}{PortalUrls.ErrorPage(code)}>; rel=\"help\""));
}
