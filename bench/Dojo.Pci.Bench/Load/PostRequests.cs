using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Dojo.Pci.Bench.Load;

/// <summary>
/// <c>POST</c> requests with a card. They use the keys in turn, each with a new reference and the next card number. Only these two are written for
/// each request; the rest of its text is prepared in advance. The tag is the number of the request, from 0.
/// </summary>
internal sealed class PostRequests : IRequests
{
    private const int LengthOfNumber = 10;
    private readonly byte[][] _texts;
    private readonly Func<long, ReadOnlySpan<byte>> _cardOf;
    private readonly int _cardAt;
    private readonly int _referenceFromEnd;
    private readonly int _idempotencyFromEnd;
    private long _count;

    private PostRequests(byte[][] texts, int cardAtFromEnd, int referenceFromEnd, int idempotencyFromEnd, Func<long, ReadOnlySpan<byte>> cardOf) =>
        (_texts, _cardAt, _referenceFromEnd, _idempotencyFromEnd, _cardOf) = (texts, cardAtFromEnd, referenceFromEnd, idempotencyFromEnd, cardOf);

    /// <summary>Creates tokenizations, spread over the locations of the keys.</summary>
    /// <param name="keys">API keys, one for each location.</param>
    /// <param name="cards">Returns the digits for a request, always the same number of them.</param>
    /// <param name="run">The prefix of each reference; only letters, so that no reference looks like a card number.</param>
    /// <param name="withIdempotencyKeys">Whether each request has an idempotency key of its own.</param>
    public static PostRequests ToTokenize(IReadOnlyList<string> keys, Func<long, ReadOnlySpan<byte>> cards, string run, bool withIdempotencyKeys = false) =>
        Make("/setup-intents", keys, cards, run, withIdempotencyKeys);

    /// <summary>Creates the same text for the echo server. The card number is replaced by zeros.</summary>
    public static PostRequests ToEcho(string run) => Make("/echo", ["none"], _ => "0000000000000000"u8, run, withIdempotencyKeys: false);

    public int Next(Span<byte> buffer, out long tag)
    {
        tag = Interlocked.Increment(ref _count) - 1;
        return Write(buffer, tag);
    }

    /// <summary>Writes the request with a number; it can be written repeatedly.</summary>
    public int Write(Span<byte> buffer, long tag)
    {
        var text = _texts[tag % _texts.Length];
        text.CopyTo(buffer);
        var request = buffer[..text.Length];
        _cardOf(tag).CopyTo(request[^_cardAt..]);
        Utf8Formatter.TryFormat(tag, request[^_referenceFromEnd..], out _, new('D', LengthOfNumber));
        if (_idempotencyFromEnd > 0)
        {
            Utf8Formatter.TryFormat(tag, request[^_idempotencyFromEnd..], out _, new('D', LengthOfNumber));
        }

        return text.Length;
    }

    private static PostRequests Make(string path, IReadOnlyList<string> keys, Func<long, ReadOnlySpan<byte>> cards, string run, bool withIdempotencyKeys)
    {
        var number = new string('0', LengthOfNumber);
        var card = new string('0', cards(0).Length);
        var body = $$$"""
            {"cardNumber":"{{{card}}}","expiryDate":"12/30","reference":"{{{run}}}-{{{number}}}","description":"Deposit for a table of four on Saturday evening","metadata":{"location":"Riverside","booking":"table-for-four","channel":"web","terms":"In case of no-show, the customer authorizes us to charge their card with the table booking fee."},"merchantInitiatedTransactionType":"NoShow","intendedAmount":{"value":1000,"currencyCode":"GBP"}}
            """;
        var idempotency = withIdempotencyKeys ? $"Idempotency-Key: {run}-{number}\r\n" : "";
        var texts = keys.Select(key => string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\n{LoadHeaders.OfProxy}Content-Type: application/json\r\nversion: 2025-09-10\r\nAuthorization: Basic {key}\r\nContent-Length: {body.Length}\r\n{idempotency}\r\n{body}")).ToList();
        int FromEnd(string what) => texts[0].Length - texts[0].IndexOf(what, StringComparison.Ordinal);
        return new PostRequests(
            [.. texts.Select(Encoding.ASCII.GetBytes)],
            FromEnd("\"cardNumber\":\"") - "\"cardNumber\":\"".Length,
            FromEnd($"\"reference\":\"{run}-") - $"\"reference\":\"{run}-".Length,
            withIdempotencyKeys ? FromEnd($"Idempotency-Key: {run}-") - $"Idempotency-Key: {run}-".Length : 0,
            cards);
    }
}
