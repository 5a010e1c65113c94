using System.Net;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>Selects requests of a tenant. A property that is null selects any; all others must match.</summary>
public sealed record RequestSearch
{
    /// <summary>The longest search text, in characters: a trace id has 55 and a reference 60.</summary>
    public const int LongestText = 60;

    /// <summary>The first instant of the period, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The end of the period, exclusive.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The HTTP method.</summary>
    public string? Method { get; init; }

    /// <summary>The route pattern.</summary>
    public string? Route { get; init; }

    /// <summary>The HTTP status, or its class as one digit: 4 for 400 to 499.</summary>
    public int? Status { get; init; }

    /// <summary>The shortest duration, inclusive.</summary>
    public TimeSpan? Slower { get; init; }

    /// <summary>The API key of the request.</summary>
    public ApiKeyId? Key { get; init; }

    /// <summary>The client's address.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The API version that answered.</summary>
    public string? Version { get; init; }

    /// <summary>Why the request was refused: the name of one of the refused fields, or of the status.</summary>
    public string? Refusal { get; init; }

    /// <summary>A trace id, a token id, a payment id or a whole reference. A reference matches regardless of case and accents.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the search restricts anything besides the period.</summary>
    public bool IsFiltered => this != new RequestSearch { From = From, Until = Until };

    /// <summary>Returns why a text cannot be searched for: it is too long, or it is or contains a card number. Null if it can.</summary>
    /// <remarks>The digits of a trace id are not a card number, though one trace id in a thousand looks like one.</remarks>
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

/// <summary>A place in the list of requests, which is sorted newest first.</summary>
/// <param name="At">When the last request before the place arrived.</param>
/// <param name="Id">The number of that request, which distinguishes requests that arrived at the same instant.</param>
public readonly record struct RequestCursor(DateTimeOffset At, long Id);
