using System.Net;
using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api.RequestLogs;

/// <summary>
/// What those who handle a request tell its log, which is all that the log learns of what was sent. Nothing here takes text
/// or bytes: a body comes in as a validated request, a refusal as a status and our own names of fields.
/// </summary>
internal sealed class RequestLogNote
{
    /// <summary>What to keep of the body; null where it was refused.</summary>
    public RequestLogBody? Body { get; private set; }

    /// <summary>Why the request was refused: "CardNumber,Reference", or the name of the status.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The same in the sentences of the answer.</summary>
    public RequestLogProblem? Problem { get; private set; }

    /// <summary>The token that the request was about.</summary>
    public string? TokenId { get; private set; }

    /// <summary>The payment that the request was about.</summary>
    public string? PaymentId { get; private set; }

    /// <summary>Whether the request is not to be kept.</summary>
    public bool IsOmitted { get; private set; }

    /// <summary>The note of a request.</summary>
    public static RequestLogNote Of(HttpContext context)
    {
        if (context.Features.Get<RequestLogNote>() is not { } note)
        {
            note = new RequestLogNote();
            context.Features.Set(note);
        }

        return note;
    }

    /// <summary>The body was validated; null when it was refused.</summary>
    public void Accept(SetupIntentRequest? request) => Body = RequestLogBody.Of(request);

    /// <summary>The body was validated; null when it was refused.</summary>
    public void Accept(PaymentIntentRequest? request) => Body = RequestLogBody.Of(request);

    /// <summary>The body was validated; null when it was refused.</summary>
    public void Accept(CardDetails? card) => Body = RequestLogBody.Of(card);

    /// <summary>The body was validated; null when it was refused.</summary>
    public void Accept(CaptureRequest? request) => Body = RequestLogBody.Of(request);

    /// <summary>The body was validated; null when it was refused.</summary>
    public void Accept(RefundRequest? request) => Body = RequestLogBody.Of(request);

    /// <summary>The request is not to be kept.</summary>
    public void Omit() => IsOmitted = true;

    /// <summary>The request was about this token, which was found or made: never about what a path merely says.</summary>
    public void Concern(SetupIntent intent) => TokenId = intent.Id;

    /// <inheritdoc cref="Concern(SetupIntent)"/>
    public void Concern(PaymentIntent payment) => (TokenId, PaymentId) = (payment.SetupIntentId, payment.Id);

    /// <inheritdoc cref="Concern(SetupIntent)"/>
    public void Concern(Charge charge) => PaymentId = charge.PaymentIntentId;

    /// <inheritdoc cref="Concern(SetupIntent)"/>
    public void Concern(Settlement settlement) => PaymentId = settlement.PaymentIntentId;

    /// <summary>The request was refused, with this answer.</summary>
    public void Refuse(int status, Problem problem, IReadOnlyList<FieldError>? errors)
    {
        Refusal = errors is null
            ? ((HttpStatusCode)status).ToString()
            : string.Join(',', errors.Select(error => error.Field).Distinct(StringComparer.Ordinal));
        Problem = new RequestLogProblem(problem.Detail, errors ?? []);
    }
}
