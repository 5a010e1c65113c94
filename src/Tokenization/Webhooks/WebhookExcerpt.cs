using System.Net.Http.Headers;
using System.Text;
using System.Text.Unicode;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// The part of an answer that is kept for people to read; the outcome depends on the status alone. It holds as much of the body as arrives in time, and
/// nothing that could be a card number, which a receiver may well send.
/// </summary>
/// <param name="Head">The headers, one per line.</param>
/// <param name="Body">The beginning of the body; null when there is none, or it is left out.</param>
/// <param name="Note">Why the body is not complete; null when it is.</param>
internal sealed record WebhookExcerpt(string Head, string? Body, WebhookResponseNote? Note)
{
    /// <summary>The most bytes of a body that are kept.</summary>
    public const int Largest = 16 * 1024;

    private const int LargestHead = 4 * 1024;
    private const string LeftOut = "(left out)";

    // Bytes checked beyond the kept ones, so that a card number across the end is detected and no part of it is kept.
    private const int LookAhead = 64;

    /// <summary>Reads an answer. A body that breaks off is not an error.</summary>
    public static async Task<WebhookExcerpt> ReadAsync(HttpResponseMessage response, CancellationToken budget)
    {
        var head = HeadOf(response);
        if (response.Content.Headers.ContentLength == 0)
        {
            return new WebhookExcerpt(head, null, null);
        }

        using var buffer = SecretBuffer.Rent(Largest + LookAhead);
        var bytes = buffer.Memory[..(Largest + LookAhead)];
        var (length, ended) = (0, false);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(budget);
            while (!ended && length < bytes.Length)
            {
                var read = await body.ReadAsync(bytes[length..], budget);
                (length, ended) = (length + read, read == 0);
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // The bytes received so far are enough.
        }

        return Of(head, bytes.Span[..length], ended);
    }

    private static WebhookExcerpt Of(string head, ReadOnlySpan<byte> body, bool ended)
    {
        if (body.IsEmpty)
        {
            return new WebhookExcerpt(head, null, ended ? null : WebhookResponseNote.Cut);
        }

        if (CardNumberDetector.ContainsCardNumber(body))
        {
            return new WebhookExcerpt(head, null, WebhookResponseNote.CardNumber);
        }

        // The cut may split a character at the end.
        var kept = Whole(body[..Math.Min(body.Length, Largest)]);
        return kept.Contains((byte)0) || !Utf8.IsValid(kept)
            ? new WebhookExcerpt(head, null, WebhookResponseNote.NoText)
            : new WebhookExcerpt(head, Encoding.UTF8.GetString(kept), ended && kept.Length == body.Length ? null : WebhookResponseNote.Cut);
    }

    private static ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> utf8)
    {
        for (var cut = 0; cut < Math.Min(4, utf8.Length); cut++)
        {
            if (Utf8.IsValid(utf8[..^cut]))
            {
                return utf8[..^cut];
            }
        }

        return utf8;
    }

    private static string HeadOf(HttpResponseMessage response)
    {
        var head = new StringBuilder();
        Append(head, response.Headers.NonValidated);
        Append(head, response.Content.Headers.NonValidated);
        var text = head.ToString();
        return CardNumberDetector.ContainsCardNumber(text) ? LeftOut : text;
    }

    private static void Append(StringBuilder head, HttpHeadersNonValidated headers)
    {
        foreach (var (name, values) in headers)
        {
            var value = values.ToString();
            var line = $"{name}: {(name.Equals("set-cookie", StringComparison.OrdinalIgnoreCase) || CardNumberDetector.ContainsCardNumber(value) ? LeftOut : value)}\n";
            if (head.Length + line.Length <= LargestHead)
            {
                head.Append(line);
            }
        }
    }
}
