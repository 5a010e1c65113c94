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
/// From every refusal, every outcome that is a problem, and every status to its error body, in one table. The body is as Dojo documents it; the header <c>Link</c>
/// leads to the page that explains it.
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

    /// <summary>A refusal as a part of an answer, for one of many things that were asked for.</summary>
    public static Problem Make(Refusal refusal) => refusal switch
    {
        Refusal.Invalid invalid => Make(StatusCodes.Status400BadRequest, errors: invalid.Errors),
        _ => Make(StatusOf(refusal), refusal.Message),
    };

    /// <summary>Answers with a charge whose outcome is not known, the only one that is a problem: a decline is an answer.</summary>
    public static Task WriteUnknownChargeAsync(HttpContext context) => WriteAsync(
        context,
        StatusCodes.Status504GatewayTimeout,
        "The acquirer was asked, and its answer is not known. It will be asked what became of the charge; calling charge again asks now. Nothing is charged twice.");

    /// <summary>Answers with a capture, reversal or refund that was not carried out. Dojo declares no 409 for refunds.</summary>
    /// <exception cref="UnreachableException">It was carried out.</exception>
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
            "The acquirer was asked, and its answer is not known. It will be asked what became of it; repeating the request asks now. Nothing is moved twice."),
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
    /// <param name="retryAfter">After how long the request may be repeated, where there is a reason to wait.</param>
    /// <param name="code">The page of the documentation to lead to, where the status alone does not say it.</param>
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

    /// <summary>Answers that the service cannot take the request now.</summary>
    public static Task WriteAsync(HttpContext context, UnavailableException exception) => WriteAsync(
        context,
        StatusCodes.Status503ServiceUnavailable,
        $"{exception.Message} Repeat the request: what was asked for is done once, or not at all.",
        retryAfter: exception.RetryAfter);

    // A 405 has the header Allow, which is empty where no method is allowed at present (RFC 9110, 10.2.1).
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

    // A page for each field that is refused; else for the status, or for what is more exact than that.
    private static string HelpFor(HttpContext context, int status, IReadOnlyList<FieldError>? errors, string? code)
    {
        var codes = errors?.Select(error => ErrorCodes.OfField(error.Field)).Distinct(StringComparer.Ordinal).Where(field => ErrorCatalog.Find(field) is not null).ToArray() ?? [];
        var origin = context.Request.Host.HasValue ? $"{context.Request.Scheme}{Uri.SchemeDelimiter}{context.Request.Host.Value}" : "";
        return HelpAt(origin, codes.Length > 0 ? codes : [code ?? ErrorCodes.Of(status)]);
    }

    /// <summary>The header <c>Link</c> (RFC 8288) that leads to what the documentation says of refusals.</summary>
    /// <param name="origin">The address of the service; empty for the one that was asked.</param>
    /// <param name="codes">The codes of the refusals.</param>
    public static string HelpAt(string origin, params IEnumerable<string> codes) =>
        string.Join(", ", codes.Select(code => $"<{origin}{PortalUrls.ErrorPage(code)}>; rel=\"help\""));
}
