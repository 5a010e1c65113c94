using System.Text.Json;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The text of a JSON string as UTF-8, with its escapes resolved. A copy made for that is zeroed on disposal.</summary>
public ref struct JsonText : IDisposable
{
    private readonly SecretBuffer? _unescaped;

    private JsonText(ReadOnlySpan<byte> utf8, SecretBuffer? unescaped)
    {
        Utf8 = utf8;
        _unescaped = unescaped;
    }

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Utf8 { get; }

    /// <summary>
    /// Reads the string or property name that the reader is at. The reader's input must be one contiguous span. Returns false for other
    /// types, and for escapes that are half of a surrogate pair.
    /// </summary>
    public static bool TryTake(ref Utf8JsonReader reader, out JsonText text)
    {
        text = default;
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            return false;
        }

        if (!reader.ValueIsEscaped)
        {
            text = new JsonText(reader.ValueSpan, null);
            return true;
        }

        var buffer = SecretBuffer.Rent(reader.ValueSpan.Length);
        try
        {
            text = new JsonText(buffer.Span[..reader.CopyString(buffer.Span)], buffer);
            return true;
        }
        catch (InvalidOperationException)
        {
            buffer.Dispose();
            return false;
        }
    }

    /// <inheritdoc/>
    public readonly void Dispose() => _unescaped?.Dispose();
}
