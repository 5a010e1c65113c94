using System.Buffers;
using System.Text.Json;

namespace Dojo.Pci.Tokenization;

/// <summary>
/// Memory to write JSON into that is used again, one for each thread: a writer asks for 4 KB at a time, and what is written for a request
/// has some hundred bytes. Not for card data: what was written stays until it is used again.
/// </summary>
/// <param name="options">How it is written.</param>
public sealed class JsonBuffer(JsonWriterOptions options = default) : IDisposable
{
    private const int LargestKept = 64 * 1024;
    private readonly ThreadLocal<Pair> _own = new();

    /// <summary>A writer at the beginning. What this thread wrote before with this buffer is gone.</summary>
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

    /// <summary>What was written since <see cref="Begin"/>: to be used before this thread begins again.</summary>
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
