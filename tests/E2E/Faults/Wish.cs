using System.Text.Json;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>A penny that is to be captured or given back, once.</summary>
internal sealed class Wish(string payment, bool isCapture)
{
    public string Payment { get; } = payment;

    public string Operation { get; } = isCapture ? "captures" : "refunds";

    /// <summary>The id that was answered under load; null where no answer came.</summary>
    public string? Acknowledged { get; set; }

    /// <summary>The id that was answered in the end.</summary>
    public string? Done { get; set; }

    public string IdIn(Answer answer) => JsonDocument.Parse(answer.Body).RootElement.GetProperty(isCapture ? "captureId" : "refundId").GetString()!;
}
