using System.Net;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>Which requests of a tenant to list; null for any. Everything that is given must hold.</summary>
public sealed record RequestSearch
{
    /// <summary>The longest text that is looked for: a trace id has 55 characters, a reference 60.</summary>
    public const int LongestText = 60;

    /// <summary>The earliest arrival.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The first arrival too late.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The HTTP method.</summary>
    public string? Method { get; init; }

    /// <summary>The pattern of the route.</summary>
    public string? Route { get; init; }

    /// <summary>The status, or with one digit its class: 4 for 400 to 499.</summary>
    public int? Status { get; init; }

    /// <summary>The shortest duration.</summary>
    public TimeSpan? Slower { get; init; }

    /// <summary>The key the request was made with.</summary>
    public ApiKeyId? Key { get; init; }

    /// <summary>Where it came from.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The version of the API that answered.</summary>
    public string? Version { get; init; }

    /// <summary>Why it was refused: one of the refused fields, or the name of the status.</summary>
    public string? Refusal { get; init; }

    /// <summary>A trace id, a token, a payment or a whole reference, the latter regardless of case and accents.</summary>
    public string? Text { get; init; }

    /// <summary>Whether anything is asked for but a time.</summary>
    public bool IsFiltered => this != new RequestSearch { From = From, Until = Until };

    /// <summary>Why a text must not be searched for: it is or contains a card number. Null when it may be.</summary>
    /// <remarks>The digits of a trace id are no card number, though one in a thousand looks like one.</remarks>
    public static FieldError? ValidateText(string? text) =>
        text is null || IsTraceId(text) ? null
        : CardNumberDetector.ContainsCardNumber(text) ? new FieldError("Search", "Card numbers are not searched for. None is in the log.")
        : TextElements.CountCodePoints(text) > LongestText ? new FieldError("Search", $"Enter at most {LongestText} characters.")
        : null;

    private static bool IsTraceId(string text)
    {
        var digits = RequestWords.Digits(text);
        return digits.Length == 32 && digits.All(char.IsAsciiHexDigitLower) && digits.Any(char.IsAsciiLetter);
    }
}

/// <summary>A place in the list of requests, which goes back in time.</summary>
/// <param name="At">When the last request before it arrived.</param>
/// <param name="Id">Its number, which tells those that arrived together apart.</param>
public readonly record struct RequestCursor(DateTimeOffset At, long Id);
