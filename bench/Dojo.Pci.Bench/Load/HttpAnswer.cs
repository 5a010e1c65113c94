using System.Buffers.Text;
using System.Text;

namespace Dojo.Pci.Bench.Load;

/// <summary>The parts of an HTTP/1.1 response that a load generator needs.</summary>
/// <param name="status">The status code.</param>
/// <param name="body">The body; for a chunked response, the first chunk.</param>
/// <param name="length">How many bytes the whole answer takes on the wire.</param>
internal readonly ref struct HttpAnswer(int status, ReadOnlySpan<byte> body, int length)
{
    private const int StatusAt = 9;
    private const int ShortestHead = StatusAt + 3;

    /// <summary>The status code.</summary>
    public int Status { get; } = status;

    /// <summary>The body; for a chunked response, the first chunk. The short responses that are parsed have only one.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>How many bytes the whole answer takes on the wire.</summary>
    public int Length { get; } = length;

    /// <summary>Parses a response from the bytes received so far; false while some are missing.</summary>
    /// <exception cref="FormatException">The bytes are not an HTTP/1.1 response.</exception>
    public static bool TryRead(ReadOnlySpan<byte> received, out HttpAnswer answer)
    {
        answer = default;
        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        if (end < ShortestHead || !received.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(received.Slice(StatusAt, 3), out int status, out _))
        {
            throw new FormatException("The server does not answer in HTTP/1.1.");
        }

        var bodyAt = end + 4;
        if (HasChunks(received[..end], out var length))
        {
            return TryReadChunks(received, bodyAt, status, out answer);
        }

        if (received.Length < bodyAt + length)
        {
            return false;
        }

        answer = new HttpAnswer(status, received.Slice(bodyAt, length), bodyAt + length);
        return true;
    }

    private static bool HasChunks(ReadOnlySpan<byte> head, out int length)
    {
        length = 0;
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            if (ValueOf(line, "content-length:"u8) is { IsEmpty: false } number)
            {
                return !Utf8Parser.TryParse(number, out length, out _) || length < 0 ? throw new FormatException("The length of an answer is no number.") : false;
            }

            if (ValueOf(line, "transfer-encoding:"u8) is { IsEmpty: false } encoding)
            {
                return Ascii.EqualsIgnoreCase(encoding, "chunked"u8);
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.Length > name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name) ? line[name.Length..].Trim((byte)' ') : [];

    private static bool TryReadChunks(ReadOnlySpan<byte> received, int bodyAt, int status, out HttpAnswer answer)
    {
        answer = default;
        var at = bodyAt;
        var body = ReadOnlySpan<byte>.Empty;
        while (received[at..].IndexOf("\r\n"u8) is var line and >= 0)
        {
            if (!Utf8Parser.TryParse(received.Slice(at, line), out int size, out _, 'x') || size < 0)
            {
                throw new FormatException("The length of a chunk is no number.");
            }

            at += line + 2;
            if (received.Length < at + size + 2)
            {
                return false;
            }

            if (size == 0)
            {
                answer = new HttpAnswer(status, body, at + 2);
                return true;
            }

            body = body.IsEmpty ? received.Slice(at, size) : body;
            at += size + 2;
        }

        return false;
    }
}
