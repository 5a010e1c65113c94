using System.Text.Json;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>A penny to be captured or refunded, once.</summary>
internal sealed class Wish(string payment, bool isCapture)
{
    public string Payment { get; } = payment;

    public string Operation { get; } = isCapture ? "captures" : "refunds";

    /// <summary>The id in the answer under load; null when no answer arrived.</summary>
    public string? Acknowledged { get; set; }

    /// <summary>The id in the final answer.</summary>
    public string? Done { get; set; }

    public string IdIn(Answer answer) => JsonDocument.Parse(answer.Body).RootElement.GetProperty(isCapture ? "captureId" : "refundId").GetString()!;
}
