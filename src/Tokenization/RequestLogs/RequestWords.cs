using System.IO.Hashing;
using System.Text;
using System.Text.Unicode;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.RequestLogs;

/// <summary>
/// Which words a segment of the request log holds, as the bits of a Bloom filter: a segment without one of a word's bits does not hold the
/// word, one with all of them may. Of 1,024 entries with four words each, of which all differ, it is wrong about one segment in 400. A word is its tenant's.
/// </summary>
internal sealed class RequestWords
{
    /// <summary>How many entries are of one segment: those whose ids are alike but for their last ten bits.</summary>
    public const int SegmentSize = 1024;

    private const int Length = 8 * 1024;
    private const int BitsPerWord = 4;
    private const int LongestPrefix = 64;
    private const int LongestOnStack = 512;
    private const int LengthOfTraceId = 55;
    private static readonly Range s_digits = 3..35;

    /// <summary>The bits, to be stored.</summary>
    public byte[] Bits { get; } = new byte[Length];

    /// <summary>The 32 digits of a W3C trace id, or the text as it is.</summary>
    public static string Digits(string traceId) => traceId.Length == LengthOfTraceId && traceId[2] == '-' && traceId[35] == '-' ? traceId[s_digits] : traceId;

    /// <inheritdoc cref="Digits(string)"/>
    public static ReadOnlySpan<byte> Digits(ReadOnlySpan<byte> traceId) => traceId.Length == LengthOfTraceId && traceId[2] == '-' && traceId[35] == '-' ? traceId[s_digits] : traceId;

    /// <summary>Where the bits of a tenant's word are.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="what">What it is.</param>
    /// <param name="text">The text.</param>
    /// <param name="kind">In requests of this kind; null for any. So what has both is told from what has each in another row.</param>
    public static int[] PlacesOf(Tenant tenant, RequestWord what, string text, long? kind = null)
    {
        var places = new int[BitsPerWord];
        Find(tenant, what, Encoding.UTF8.GetBytes(text), kind, places);
        return places;
    }

    /// <summary>Whether a segment may hold a word.</summary>
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

    /// <summary>Notes a tenant's word, whose text is in UTF-8. Makes no object: it is done for some words of every request.</summary>
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

/// <summary>What a word is.</summary>
internal enum RequestWord : byte
{
    /// <summary>The client's address.</summary>
    Address = (byte)'a',

    /// <summary>A token or a payment.</summary>
    Id = (byte)'i',

    /// <summary>A reference, folded (<see cref="FoldedText"/>).</summary>
    Reference = (byte)'r',

    /// <summary>The digits of a trace id.</summary>
    Trace = (byte)'t',
}
