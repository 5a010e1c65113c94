using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Api.RequestLogs;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api.PaymentIntents;

/// <summary>Answers with the outcome of a charge. A decline is an ordinary answer; an unknown outcome is a problem.</summary>
internal static class ChargeAnswer
{
    public static Task WriteAsync(HttpContext context, Result<Charge> charged)
    {
        if (!charged.IsSuccess)
        {
            return Problems.WriteAsync(context, charged.Refusal);
        }

        var charge = charged.Value;
        RequestLogNote.Of(context).Concern(charge);
        return charge.Status == ChargeStatus.Unknown
            ? Problems.WriteUnknownChargeAsync(context)
            : JsonAnswer.WriteAsync(context, new ChargeResponse(charge.PaymentIntentId, charge.Status.ToString(), MessageOf(charge)), ApiJson.Default.ChargeResponse);
    }

    private static string MessageOf(Charge charge) => charge.Status switch
    {
        ChargeStatus.Successful => charge.CaptureMode == CaptureMode.Manual ? "AUTHORIZED" : "DEPOSITED",
        ChargeStatus.Declined => "DECLINED",
        _ => "NOT ATTEMPTED",
    };
}
