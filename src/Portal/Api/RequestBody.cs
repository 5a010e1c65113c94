using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Portal.Api;

/// <summary>
/// Reads a request body that may hold a card number: from the pipe into one pinned buffer that is zeroed on disposal, and
/// zeroes behind itself what it has read of the pipe's own memory (DESIGN D13).
/// </summary>
internal sealed class RequestBody : IDisposable
{
    private readonly SecretBuffer _buffer;
    private readonly int _length;

    private RequestBody(SecretBuffer buffer, int length) => (_buffer, _length) = (buffer, length);

    public ReadOnlySpan<byte> Utf8 => _buffer.Span[.._length];

    /// <returns>The body; null when it is longer than <see cref="Limits.BodyBytes"/>.</returns>
    public static async ValueTask<RequestBody?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > Limits.BodyBytes)
        {
            return null;
        }

        var buffer = SecretBuffer.Rent((int)(request.ContentLength ?? Limits.BodyBytes));
        try
        {
            if (await FillAsync(request.BodyReader, buffer, ct) is { } length)
            {
                return new RequestBody(buffer, length);
            }
        }
        catch
        {
            buffer.Dispose();
            throw;
        }

        buffer.Dispose();
        return null;
    }

    public void Dispose() => _buffer.Dispose();

    private static async ValueTask<int?> FillAsync(PipeReader reader, SecretBuffer buffer, CancellationToken ct)
    {
        var length = 0;
        while (true)
        {
            var read = await reader.ReadAsync(ct);
            var fits = read.Buffer.Length <= Limits.BodyBytes - length;
            if (fits)
            {
                read.Buffer.CopyTo(buffer.Span[length..]);
                length += (int)read.Buffer.Length;
            }

            Zero(read.Buffer);
            reader.AdvanceTo(read.Buffer.End);
            if (!fits || read.IsCompleted)
            {
                return fits ? length : null;
            }
        }
    }

    // The memory is the server's and goes back to its pool as it is: nobody else reads these bytes again, so they may go.
    private static void Zero(ReadOnlySequence<byte> sequence)
    {
        foreach (var segment in sequence)
        {
            MemoryMarshal.AsMemory(segment).Span.Clear();
        }
    }
}
