using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>Reads what the acquirer answers. What is not exactly an answer to the question is no answer.</summary>
internal static class AcquirerAnswer
{
    /// <summary>The most bytes an answer may have.</summary>
    public const int MaximumLength = 16 * 1024;

    private const int LongestAuthCode = 10;

    // Two members of one name could say yes to one reader and no to another.
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>What the answer says about this very attempt; false when it says nothing that can be relied on.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, string transactionId, [NotNullWhen(true)] out AuthorizationOutcome? outcome)
    {
        outcome = null;
        try
        {
            using var json = JsonDocument.Parse(body, s_strict);
            if (json.RootElement.ValueKind == JsonValueKind.Object && TextOf(json.RootElement, "transactionId") == transactionId)
            {
                outcome = TextOf(json.RootElement, "outcome") switch
                {
                    "approved" when TextOf(json.RootElement, "authCode") is { } code && IsAuthCode(code) => new AuthorizationOutcome.Approved(transactionId, code),
                    "declined" => new AuthorizationOutcome.Declined(transactionId),
                    "neverSeen" => new AuthorizationOutcome.NotAttempted(),
                    _ => null,
                };
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or text in it that is not Unicode: no answer. The exception may repeat it, and so goes nowhere.
        }

        return outcome is not null;
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // It is stored and shown: nothing but what codes are made of, and too short to hold a card number.
    private static bool IsAuthCode(string text) => text.Length is > 0 and <= LongestAuthCode && text.All(char.IsAsciiLetterOrDigit);
}
