using System.Text.Json;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>Passes the text of a property to a validator.</summary>
/// <typeparam name="T">The validator.</typeparam>
public delegate void TextValidator<in T>(T validator, ReadOnlySpan<byte> utf8);

/// <summary>Validates the metadata of a body.</summary>
public interface IMetadataValidator : IBodyValidator
{
    /// <summary>Notes that metadata was sent, possibly without entries.</summary>
    void Metadata();

    /// <summary>Validates one entry of the metadata.</summary>
    void MetadataEntry(ReadOnlySpan<byte> utf8Key, ReadOnlySpan<byte> utf8Value);
}

/// <summary>The kinds of properties that several bodies use.</summary>
public static class BodyProperties
{
    /// <summary>A property that is a string.</summary>
    public static BodyProperty<T> Text<T>(string name, TextValidator<T> read)
        where T : IBodyValidator => new(name, (ref reader, validator) =>
        {
            if (JsonText.TryTake(ref reader, out var text))
            {
                using (text)
                {
                    read(validator, text.Utf8);
                }
            }
            else
            {
                validator.WrongType(Fields.Of(name), "a string");
                reader.Skip();
            }
        });

    /// <summary>A property that is a date and time, as <see cref="InstantText"/> reads it.</summary>
    public static BodyProperty<T> Instant<T>(string name, Action<T, DateTimeOffset> read)
        where T : IBodyValidator => new(name, (ref reader, validator) =>
        {
            if (JsonText.TryTake(ref reader, out var text))
            {
                using (text)
                {
                    if (InstantText.TryParse(text.Utf8, out var instant))
                    {
                        read(validator, instant);
                        return;
                    }
                }
            }

            validator.WrongType(Fields.Of(name), InstantText.Expected);
            reader.Skip();
        });

    /// <summary>The metadata: an object whose values are strings.</summary>
    public static BodyProperty<T> Metadata<T>()
        where T : IMetadataValidator => new("metadata", (ref reader, validator) =>
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                validator.WrongType(Fields.Metadata, "an object");
                reader.Skip();
                return;
            }

            validator.Metadata();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadEntry(ref reader, validator);
            }
        });

    private static void ReadEntry<T>(ref Utf8JsonReader reader, T validator)
        where T : IMetadataValidator
    {
        var hasKey = JsonText.TryTake(ref reader, out var key);
        reader.Read();
        using (key)
        {
            if (hasKey && reader.TokenType == JsonTokenType.String && JsonText.TryTake(ref reader, out var value))
            {
                using (value)
                {
                    validator.MetadataEntry(key.Utf8, value.Utf8);
                }
            }
            else
            {
                validator.WrongType(Fields.Metadata, "an object whose values are strings");
                reader.Skip();
            }
        }
    }
}
