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
/// Collects what the handlers of a request report to the request log, which learns nothing else of what was sent. No member takes text or
/// bytes: a body is passed as a validated request, a refusal as a status and our own field names.
/// </summary>
internal sealed class RequestLogNote
{
    /// <summary>What to keep of the body; null if it was refused.</summary>
    public RequestLogBody? Body { get; private set; }

    /// <summary>Why the request was refused: the field names, such as "CardNumber,Reference", or the name of the status.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The reason for the refusal in the sentences of the answer.</summary>
    public RequestLogProblem? Problem { get; private set; }

    /// <summary>The token that the request was about.</summary>
    public string? TokenId { get; private set; }

    /// <summary>The payment that the request was about.</summary>
    public string? PaymentId { get; private set; }

    /// <summary>Whether the request is left out of the log.</summary>
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

    /// <summary>Notes the validated body; null if it was refused.</summary>
    public void Accept(SetupIntentRequest? request) => Body = RequestLogBody.Of(request);

    /// <summary>Notes the validated body; null if it was refused.</summary>
    public void Accept(PaymentIntentRequest? request) => Body = RequestLogBody.Of(request);

    /// <summary>Notes the validated body; null if it was refused.</summary>
    public void Accept(CardDetails? card) => Body = RequestLogBody.Of(card);

    /// <summary>Notes the validated body; null if it was refused.</summary>
    public void Accept(CaptureRequest? request) => Body = RequestLogBody.Of(request);

    /// <summary>Notes the validated body; null if it was refused.</summary>
    public void Accept(RefundRequest? request) => Body = RequestLogBody.Of(request);

    /// <summary>Leaves the request out of the log.</summary>
    public void Omit() => IsOmitted = true;

    /// <summary>Notes what the request was about: an object that was found or created, never an id that only the path names.</summary>
    public void Concern(SetupIntent intent) => TokenId = intent.Id;

    /// <inheritdoc cref="Concern(SetupIntent)"/>
    public void Concern(PaymentIntent payment) => (TokenId, PaymentId) = (payment.SetupIntentId, payment.Id);

    /// <inheritdoc cref="Concern(SetupIntent)"/>
    public void Concern(Charge charge) => PaymentId = charge.PaymentIntentId;

    /// <inheritdoc cref="Concern(SetupIntent)"/>
    public void Concern(Settlement settlement) => PaymentId = settlement.PaymentIntentId;

    /// <summary>Notes that the request was refused with this answer.</summary>
    public void Refuse(int status, Problem problem, IReadOnlyList<FieldError>? errors)
    {
        Refusal = errors is null
            ? ((HttpStatusCode)status).ToString()
            : string.Join(',', errors.Select(error => error.Field).Distinct(StringComparer.Ordinal));
        Problem = new RequestLogProblem(problem.Detail, errors ?? []);
    }
}
