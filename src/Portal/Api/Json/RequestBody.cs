using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Portal.Api.Json;

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

    /// <param name="request">The request.</param>
    /// <param name="place">What says for how long, and beside how many others, a body may be waited for.</param>
    /// <returns>The body; null when it is longer than <see cref="Limits.BodyBytes"/>.</returns>
    public static async ValueTask<RequestBody?> ReadAsync(HttpRequest request, WriteSlot place)
    {
        if (request.ContentLength > Limits.BodyBytes)
        {
            return null;
        }

        var buffer = SecretBuffer.Rent((int)(request.ContentLength ?? Limits.BodyBytes));
        try
        {
            // Most bodies come together with their heads: those need no timer.
            var filling = new Filling(request.BodyReader, buffer);
            if (!filling.TryTakeArrived())
            {
                await place.WaitForBodyAsync(filling.TakeRestAsync);
            }

            if (filling.Fits)
            {
                return new RequestBody(buffer, filling.Length);
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

    // The memory is the server's and goes back to its pool as it is: nobody else reads these bytes again, so they may go.
    private static void Zero(ReadOnlySequence<byte> sequence)
    {
        foreach (var segment in sequence)
        {
            MemoryMarshal.AsMemory(segment).Span.Clear();
        }
    }

    /// <summary>Moves a body from the pipe into a buffer, in as many steps as it comes in.</summary>
    private sealed class Filling(PipeReader reader, SecretBuffer buffer)
    {
        /// <summary>How many bytes have come.</summary>
        public int Length { get; private set; }

        /// <summary>Whether the buffer holds what has come.</summary>
        public bool Fits { get; private set; } = true;

        /// <summary>Takes what is there; true when that is all.</summary>
        public bool TryTakeArrived()
        {
            while (reader.TryRead(out var read))
            {
                if (Take(read))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Takes all that is still to come.</summary>
        public async ValueTask<bool> TakeRestAsync(CancellationToken ct)
        {
            while (!Take(await reader.ReadAsync(ct)))
            {
                // more is to come
            }

            return true;
        }

        private bool Take(ReadResult read)
        {
            Fits = read.Buffer.Length <= Limits.BodyBytes - Length;
            if (Fits)
            {
                read.Buffer.CopyTo(buffer.Span[Length..]);
                Length += (int)read.Buffer.Length;
            }

            Zero(read.Buffer);
            reader.AdvanceTo(read.Buffer.End);
            return !Fits || read.IsCompleted;
        }
    }
}
