using System.Buffers;
using System.Text.Json;

namespace Dojo.Pci.Tokenization;

/// <summary>
/// A reusable buffer for writing JSON, one for each thread: a writer requests 4 KB at a time, while the JSON of a request has a few hundred
/// bytes. Not for card data: the content stays in memory until the buffer is used again.
/// </summary>
/// <param name="options">The options of the JSON writer.</param>
public sealed class JsonBuffer(JsonWriterOptions options = default) : IDisposable
{
    private const int LargestKept = 64 * 1024;
    private readonly ThreadLocal<Pair> _own = new();

    /// <summary>Returns a writer with an empty buffer. What this thread wrote before with this buffer is discarded.</summary>
    public Utf8JsonWriter Begin()
    {
        var own = _own.Value;
        if (own is null || own.Bytes.Capacity > LargestKept)
        {
            var bytes = new ArrayBufferWriter<byte>(1024);
            _own.Value = own = new Pair(bytes, new Utf8JsonWriter(bytes, options));
        }

        own.Bytes.Clear();
        own.Writer.Reset(own.Bytes);
        return own.Writer;
    }

    /// <summary>Returns what was written since <see cref="Begin"/>. Use it before this thread calls <see cref="Begin"/> again.</summary>
    public ReadOnlySpan<byte> End()
    {
        var own = _own.Value ?? throw new InvalidOperationException("Nothing was begun.");
        own.Writer.Flush();
        return own.Bytes.WrittenSpan;
    }

    /// <inheritdoc/>
    public void Dispose() => _own.Dispose();

    private sealed record Pair(ArrayBufferWriter<byte> Bytes, Utf8JsonWriter Writer);
}
