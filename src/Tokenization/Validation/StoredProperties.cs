using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>Validates properties that are kept as they were sent, and collects them in one JSON object.</summary>
internal sealed class StoredProperties : IDisposable
{
    private ArrayBufferWriter<byte>? _bytes; // null for most requests, which have no such properties
    private Utf8JsonWriter? _copy;

    /// <summary>The JSON object; null when no property was read. Call it once.</summary>
    public string? Json
    {
        get
        {
            if (_copy is null)
            {
                return null;
            }

            _copy.WriteEndObject();
            _copy.Flush();
            return Encoding.UTF8.GetString(_bytes!.WrittenSpan);
        }
    }

    public void Read(ref Utf8JsonReader reader, string property, JsonShape shape, FieldErrors errors)
    {
        if (_copy is null)
        {
            _copy = new Utf8JsonWriter(_bytes = new ArrayBufferWriter<byte>(), new JsonWriterOptions { SkipValidation = true });
            _copy.WriteStartObject();
        }

        _copy.WritePropertyName(property);
        shape.Read(ref reader, Fields.Of(property), errors, _copy);
    }

    public void Dispose() => _copy?.Dispose();
}
