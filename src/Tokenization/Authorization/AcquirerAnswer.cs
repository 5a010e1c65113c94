using System.Text.Json;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>Reads the answers of the acquirer. An answer that does not match the question exactly is rejected.</summary>
internal static class AcquirerAnswer
{
    /// <summary>The longest answer, in bytes.</summary>
    public const int MaximumLength = 16 * 1024;

    private const int LongestAuthCode = 10;

    // Two readers could interpret two members of the same name differently, one as approved and one as declined.
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Reads what the answer says about this transaction; false if it says nothing reliable.</summary>
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
            // Not JSON, or it contains text that is not Unicode: not an answer. The exception may quote the answer, so it is discarded.
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

    // The code is stored and shown, so it may contain only letters and digits, and is too short to hold a card number.
    private static bool IsAuthCode(string text) => text.Length is > 0 and <= LongestAuthCode && text.All(char.IsAsciiLetterOrDigit);
}
