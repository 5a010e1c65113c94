using System.IO.Hashing;
using System.Text;
using System.Text.Unicode;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// The words that a segment of the request log holds, as a Bloom filter. A segment without one of a word's bits does not hold the word; a segment with all
/// of them may. For 1,024 entries with four words each, all different, it is wrong about one segment in 400. Words are separate for each tenant.
/// </summary>
internal sealed class RequestWords
{
    /// <summary>The number of entries in a segment: those whose ids differ only in the last ten bits.</summary>
    public const int SegmentSize = 1024;

    private const int Length = 8 * 1024;
    private const int BitsPerWord = 4;
    private const int LongestPrefix = 64;
    private const int LongestOnStack = 512;
    private const int LengthOfTraceId = 55;
    private static readonly Range s_digits = 3..35;

    /// <summary>The bits of the filter, to be stored.</summary>
    public byte[] Bits { get; } = new byte[Length];

    /// <summary>Returns the 32 hex digits of a W3C trace id, or the text as it is if it is none.</summary>
    public static string Digits(string traceId) => traceId.Length == LengthOfTraceId && traceId[2] == '-' && traceId[35] == '-' ? traceId[s_digits] : traceId;

    /// <inheritdoc cref="Digits(string)"/>
    public static ReadOnlySpan<byte> Digits(ReadOnlySpan<byte> traceId) => traceId.Length == LengthOfTraceId && traceId[2] == '-' && traceId[35] == '-' ? traceId[s_digits] : traceId;

    /// <summary>Returns the positions of the bits of a tenant's word.</summary>
    /// <param name="tenant">The tenant of the word.</param>
    /// <param name="what">What the word is.</param>
    /// <param name="text">The text of the word.</param>
    /// <param name="kind">The kind of request that holds the word; null for any kind. It distinguishes one row with both from two rows with one each.</param>
    public static int[] PlacesOf(Tenant tenant, RequestWord what, string text, long? kind = null)
    {
        var places = new int[BitsPerWord];
        Find(tenant, what, Encoding.UTF8.GetBytes(text), kind, places);
        return places;
    }

    /// <summary>Returns whether a segment may hold a word.</summary>
    public static bool MayHold(ReadOnlySpan<byte> bits, int[] places)
    {
        foreach (var place in places)
        {
            if ((bits[place >> 3] & (1 << (place & 7))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds a tenant's word, whose text is in UTF-8. Allocates nothing, because every request adds several words.</summary>
    public void Add(Tenant tenant, RequestWord what, ReadOnlySpan<byte> text, long? kind = null)
    {
        Span<int> places = stackalloc int[BitsPerWord];
        Find(tenant, what, text, kind, places);
        foreach (var place in places)
        {
            Bits[place >> 3] |= (byte)(1 << (place & 7));
        }
    }

    private static void Find(Tenant tenant, RequestWord what, ReadOnlySpan<byte> text, long? kind, Span<int> places)
    {
        var longest = LongestPrefix + text.Length;
        Span<byte> word = longest <= LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[longest];
        Utf8.TryWrite(word, $"{tenant.Location.Value}/{(int)tenant.Environment}/", out var written);
        if (kind is { } known)
        {
            Utf8.TryWrite(word[written..], $"{known}k", out var more);
            written += more;
        }

        word[written++] = (byte)what;
        text.CopyTo(word[written..]);
        var hash = XxHash128.HashToUInt128(word[..(written + text.Length)]);
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = (int)((uint)(hash >> (32 * i)) % (Length * 8));
        }
    }
}

/// <summary>The type of a word.</summary>
internal enum RequestWord : byte
{
    /// <summary>The client's address.</summary>
    Address = (byte)'a',

    /// <summary>The id of a token or of a payment.</summary>
    Id = (byte)'i',

    /// <summary>A reference, folded (<see cref="FoldedText"/>).</summary>
    Reference = (byte)'r',

    /// <summary>The digits of a trace id.</summary>
    Trace = (byte)'t',
}
