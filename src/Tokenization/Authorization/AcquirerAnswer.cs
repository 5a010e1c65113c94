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

    /// <summary>What the answer says about this very transaction; false when it says nothing that can be relied on.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, string transactionId, AcquirerQuestion question, out AcquirerReply reply)
    {
        reply = default;
        var isAnswer = false;
        try
        {
            using var json = JsonDocument.Parse(body, s_strict);
            if (json.RootElement.ValueKind == JsonValueKind.Object && TextOf(json.RootElement, "transactionId") == transactionId)
            {
                isAnswer = TryJudge(json.RootElement, question, out reply);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or text in it that is not Unicode: no answer. The exception may repeat it, and so goes nowhere.
        }

        return isAnswer;
    }

    private static bool TryJudge(JsonElement json, AcquirerQuestion question, out AcquirerReply reply)
    {
        AcquirerReply? validated = (TextOf(json, "outcome"), question) switch
        {
            ("approved", AcquirerQuestion.Card) when TextOf(json, "authCode") is { } code && IsAuthCode(code) => new(AcquirerVerdict.Approved, code),
            ("done", AcquirerQuestion.Settlement) => new(AcquirerVerdict.Done),
            ("declined", _) => new(AcquirerVerdict.Declined),
            ("neverSeen", _) => new(AcquirerVerdict.NotAttempted),
            _ => null,
        };
        reply = validated.GetValueOrDefault();
        return validated is not null;
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // It is stored and shown: nothing but what codes are made of, and too short to hold a card number.
    private static bool IsAuthCode(string text) => text.Length is > 0 and <= LongestAuthCode && text.All(char.IsAsciiLetterOrDigit);
}
