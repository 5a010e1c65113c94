using System.Text.Json;
using System.Text.Unicode;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>Passes the value that the reader is at to a validator.</summary>
/// <typeparam name="T">The validator.</typeparam>
public delegate void MemberReader<in T>(ref Utf8JsonReader reader, T validator);

/// <summary>A property that a body may have.</summary>
/// <param name="Name">The exact name.</param>
/// <param name="Read">Reads the value. It is not called for a JSON null.</param>
/// <typeparam name="T">The validator.</typeparam>
public sealed record BodyProperty<T>(string Name, MemberReader<T> Read);

/// <summary>Collects the rules that a body breaks.</summary>
public interface IBodyValidator
{
    /// <summary>Notes that the body as a whole breaks a rule. The message repeats no value of the body.</summary>
    void Body(string message);

    /// <summary>Notes that a known property holds a value of the wrong type.</summary>
    /// <param name="field">One of <see cref="Fields"/>.</param>
    /// <param name="expected">What the value must be, with an article: "a string".</param>
    void WrongType(string field, string expected);
}

/// <summary>
/// Reads a JSON object strictly: it refuses unknown properties, properties sent twice, and anything that is not plain JSON in UTF-8.
/// Its messages repeat neither a value nor a name that might hold one (<see cref="PropertyNames"/>). It is written by hand because the
/// error messages of a general reader can quote the body, and because card numbers must not become strings on the way.
/// </summary>
public static class StrictJson
{
    /// <summary>The maximum depth of nesting in a body.</summary>
    private const int MaximumDepth = 8;

    private const string NotJson = "The body is not valid JSON, or is nested too deeply.";

    /// <summary>Passes every property to the validator. Returns false, with a refusal, when the body cannot be read.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> json, BodyProperty<T>[] properties, T validator, out Refusal? refusal)
        where T : IBodyValidator
    {
        try
        {
            var isObject = Utf8.IsValid(json) && ReadObject(WithoutByteOrderMark(json), properties, validator);
            refusal = isObject ? null : Refuse(Utf8.IsValid(json) ? "The body must be a JSON object." : NotJson);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The message of a JsonException may quote the body. The reader throws InvalidOperationException for a property name that
            // escapes half of a surrogate pair.
            refusal = Refuse(NotJson);
        }

        return refusal is null;
    }

    private static Refusal.Invalid Refuse(string rule) => new([new FieldError(Fields.Body, rule)]);

    /// <summary>The text without the byte order mark that some clients send.</summary>
    public static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? json[3..] : json;

    private static bool ReadObject<T>(ReadOnlySpan<byte> json, BodyProperty<T>[] properties, T validator)
        where T : IBodyValidator
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaximumDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var seen = 0UL;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = Find(ref reader, properties);
            if (property < 0)
            {
                validator.Body(PropertyNames.Describe(ref reader, "The body", properties.Select(known => known.Name)));
                reader.Skip(); // skips the name and the value
            }
            else if ((seen & (1UL << property)) != 0)
            {
                validator.Body($"The body has the property {properties[property].Name} twice.");
                reader.Skip();
            }
            else
            {
                reader.Read();
                seen |= 1UL << property;
                if (reader.TokenType != JsonTokenType.Null) // null is the same as leaving the property out
                {
                    properties[property].Read(ref reader, validator);
                }
            }
        }

        return !reader.Read(); // throws if anything but white space follows
    }

    private static int Find<T>(ref Utf8JsonReader reader, BodyProperty<T>[] properties)
    {
        for (var i = 0; i < properties.Length; i++)
        {
            if (reader.ValueTextEquals(properties[i].Name))
            {
                return i;
            }
        }

        return -1;
    }
}
