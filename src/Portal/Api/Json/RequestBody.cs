using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Portal.Api.Json;

/// <summary>
/// Reads a request body that may hold a card number from the pipe into one pinned buffer that is zeroed on disposal. Zeroes the pipe's
/// own memory after reading it (DESIGN D13).
/// </summary>
internal sealed class RequestBody : IDisposable
{
    private readonly SecretBuffer _buffer;
    private readonly int _length;

    private RequestBody(SecretBuffer buffer, int length) => (_buffer, _length) = (buffer, length);

    public ReadOnlySpan<byte> Utf8 => _buffer.Span[.._length];

    /// <param name="request">The request.</param>
    /// <param name="place">The request's place, which limits how long it may wait for its body, and beside how many others.</param>
    /// <returns>The body; null if it is longer than <see cref="Limits.BodyBytes"/>.</returns>
    public static async ValueTask<RequestBody?> ReadAsync(HttpRequest request, WriteSlot place)
    {
        if (request.ContentLength > Limits.BodyBytes)
        {
            return null;
        }

        var buffer = SecretBuffer.Rent((int)(request.ContentLength ?? Limits.BodyBytes));
        try
        {
            // Most bodies arrive together with their heads; those need no timer.
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

    // The memory belongs to the server and returns to its pool uncleared. Nothing reads these bytes again, so they can be zeroed.
    private static void Zero(ReadOnlySequence<byte> sequence)
    {
        foreach (var segment in sequence)
        {
            MemoryMarshal.AsMemory(segment).Span.Clear();
        }
    }

    /// <summary>Moves a body from the pipe into a buffer, in as many steps as it arrives.</summary>
    private sealed class Filling(PipeReader reader, SecretBuffer buffer)
    {
        /// <summary>How many bytes have been taken.</summary>
        public int Length { get; private set; }

        /// <summary>Whether the body so far is within the limit.</summary>
        public bool Fits { get; private set; } = true;

        /// <summary>Takes what has arrived; true if nothing more is to be read.</summary>
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

        /// <summary>Takes the rest of the body.</summary>
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
