using System.Globalization;
using System.Text.Json;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>
/// What a JSON value must look like, for properties that are kept as they were sent. Reading a value checks it against every rule,
/// including those for free text, and copies it if it is valid. The names in messages come from our own tables.
/// </summary>
internal abstract class JsonShape
{
    /// <summary>Whether a valid value is written; if not, its property name is not written either.</summary>
    public virtual bool IsKept => true;

    /// <summary>Checks the value that the reader is at, leaves the reader at the value's end, and writes the value if it is valid.</summary>
    public abstract void Read(ref Utf8JsonReader reader, string path, FieldErrors errors, Utf8JsonWriter copy);

    public static JsonShape Text(int maximumLength, int minimumLength = 0, TextForm form = TextForm.Free) => new TextShape(minimumLength, maximumLength, form, isUrl: false);

    public static JsonShape Url(int maximumLength) => new TextShape(minimum: 0, maximumLength, TextForm.Free, isUrl: true);

    public static JsonShape OneOf(params string[] names) => new NameShape(names);

    public static JsonShape Instant() => new InstantShape();

    public static JsonShape Boolean() => new BooleanShape();

    public static JsonShape Integer() => new IntegerShape(least: 0);

    /// <summary>A whole number that may be negative.</summary>
    public static JsonShape SignedInteger() => new IntegerShape(-MoneyRules.LargestValue);

    public static JsonShape ListOf(JsonShape item) => new ListShape(item);

    public static JsonShape Object(params (string Name, JsonShape Shape)[] properties) => new ObjectShape(properties, required: []);

    public static JsonShape ObjectWith(string[] required, params (string Name, JsonShape Shape)[] properties) => new ObjectShape(properties, required);

    private static void Refuse(ref Utf8JsonReader reader, string path, FieldErrors errors, string expected)
    {
        errors.Add(path, $"The {path} field must be {expected}.");
        reader.Skip();
    }

    private sealed class TextShape(int minimum, int maximum, TextForm form, bool isUrl) : JsonShape
    {
        public override void Read(ref Utf8JsonReader reader, string path, FieldErrors errors, Utf8JsonWriter copy)
        {
            if (!JsonText.TryTake(ref reader, out var text))
            {
                Refuse(ref reader, path, errors, "a string");
                return;
            }

            using (text)
            {
                if (FreeText.LengthOf(text.Utf8) < minimum || FreeText.LengthOf(text.Utf8) > maximum)
                {
                    errors.Add(path, minimum == 0
                        ? $"The field {path} must be a string with a maximum length of {maximum}."
                        : $"The field {path} must be a string with a minimum length of {minimum} and a maximum length of {maximum}.");
                }

                var good = FreeText.Validate(errors, path, text.Utf8, form);
                if (isUrl && good is not null && (good.StartsWith('/') || !Uri.TryCreate(good, UriKind.Absolute, out _))) // a path is absolute on Unix
                {
                    errors.Add(path, $"The {path} field must be an absolute URL.");
                }

                copy.WriteStringValue(good);
            }
        }
    }

    /// <summary>One of a few names, in any case; copied in the case in which Dojo writes it.</summary>
    private sealed class NameShape(string[] names) : JsonShape
    {
        public override void Read(ref Utf8JsonReader reader, string path, FieldErrors errors, Utf8JsonWriter copy)
        {
            foreach (var name in names)
            {
                if (reader.TokenType == JsonTokenType.String && JsonText.TryTake(ref reader, out var text))
                {
                    using (text)
                    {
                        if (System.Text.Ascii.EqualsIgnoreCase(text.Utf8, name))
                        {
                            copy.WriteStringValue(name);
                            return;
                        }
                    }
                }
            }

            Refuse(ref reader, path, errors, $"one of {string.Join(", ", names)}");
        }
    }

    private sealed class InstantShape : JsonShape
    {
        public override void Read(ref Utf8JsonReader reader, string path, FieldErrors errors, Utf8JsonWriter copy)
        {
            if (TryTake(ref reader, out var instant))
            {
                copy.WriteStringValue(instant.UtcDateTime);
            }
            else
            {
                Refuse(ref reader, path, errors, InstantText.Expected);
            }
        }

        private static bool TryTake(ref Utf8JsonReader reader, out DateTimeOffset instant)
        {
            instant = default;
            if (reader.TokenType != JsonTokenType.String || !JsonText.TryTake(ref reader, out var text))
            {
                return false;
            }

            using (text)
            {
                return InstantText.TryParse(text.Utf8, out instant);
            }
        }
    }

    private sealed class BooleanShape : JsonShape
    {
        public override void Read(ref Utf8JsonReader reader, string path, FieldErrors errors, Utf8JsonWriter copy)
        {
            if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
            {
                copy.WriteBooleanValue(reader.GetBoolean());
            }
            else
            {
                Refuse(ref reader, path, errors, "true or false");
            }
        }
    }

    /// <summary>A whole number, or a string of digits, as the official samples send amounts.</summary>
    private sealed class IntegerShape(long least) : JsonShape
    {
        public override void Read(ref Utf8JsonReader reader, string path, FieldErrors errors, Utf8JsonWriter copy)
        {
            var number = 0L;
            var isNumber = reader.TokenType switch
            {
                JsonTokenType.Number => WholeNumber.TryRead(ref reader, out number),
                JsonTokenType.String when !reader.ValueIsEscaped => long.TryParse(reader.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number),
                _ => false,
            };
            if (isNumber && number >= least && number <= MoneyRules.LargestValue)
            {
                copy.WriteNumberValue(number);
            }
            else
            {
                Refuse(ref reader, path, errors, $"a whole number from {least} to {MoneyRules.LargestValue}");
            }
        }
    }

    private sealed class ListShape(JsonShape item) : JsonShape
    {
        private const int MaximumItems = 100;

        public override void Read(ref Utf8JsonReader reader, string path, FieldErrors errors, Utf8JsonWriter copy)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                Refuse(ref reader, path, errors, "a list");
                return;
            }

            copy.WriteStartArray();
            for (var count = 1; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
            {
                if (count > MaximumItems)
                {
                    errors.Add(path, $"The {path} field must have at most {MaximumItems} items.");
                }

                item.Read(ref reader, path, errors, copy);
            }

            copy.WriteEndArray();
        }
    }

    private sealed class ObjectShape((string Name, JsonShape Shape)[] properties, string[] required) : JsonShape
    {
        // Most shapes are used at only one path, so the paths of the properties are cached.
        private volatile PathsBelow? _paths;

        public override void Read(ref Utf8JsonReader reader, string path, FieldErrors errors, Utf8JsonWriter copy)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                Refuse(ref reader, path, errors, "an object");
                return;
            }

            var paths = PathsOf(path);
            var (seen, given) = (0UL, 0UL); // bits by index into properties; null is the same as leaving the property out
            copy.WriteStartObject();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var place = Find(ref reader);
                if (place < 0 || (seen & (1UL << place)) != 0)
                {
                    errors.Add(path, place < 0
                        ? PropertyNames.Describe(ref reader, $"The {path} field", properties.Select(property => property.Name))
                        : $"The {path} field has the property {properties[place].Name} twice.");
                    reader.Skip(); // skips the name and the value
                    continue;
                }

                reader.Read();
                seen |= 1UL << place;
                if (reader.TokenType != JsonTokenType.Null)
                {
                    given |= 1UL << place;
                    var (name, shape) = properties[place];
                    if (shape.IsKept)
                    {
                        copy.WritePropertyName(name);
                    }

                    shape.Read(ref reader, paths[place], errors, copy);
                }
            }

            copy.WriteEndObject();
            for (var place = 0; place < properties.Length; place++)
            {
                var name = properties[place].Name;
                if ((given & (1UL << place)) == 0 && required.Contains(name, StringComparer.Ordinal))
                {
                    errors.Add(paths[place], $"The {paths[place]} field is required.");
                }
            }
        }

        private string[] PathsOf(string path)
        {
            if (_paths is not { } known || known.Path != path)
            {
                _paths = known = new PathsBelow(path, Array.ConvertAll(properties, property => $"{path}.{Fields.Of(property.Name)}"));
            }

            return known.Paths;
        }

        private int Find(ref Utf8JsonReader reader)
        {
            for (var place = 0; place < properties.Length; place++)
            {
                if (reader.ValueTextEquals(properties[place].Name))
                {
                    return place;
                }
            }

            return -1;
        }

        private sealed record PathsBelow(string Path, string[] Paths);
    }
}
