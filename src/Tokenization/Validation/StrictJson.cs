using System.Text.Json;
using System.Text.Unicode;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>Puts the value that the reader is at before a validator.</summary>
/// <typeparam name="T">The validator.</typeparam>
public delegate void MemberReader<in T>(ref Utf8JsonReader reader, T validator);

/// <summary>A property that a body may have.</summary>
/// <param name="Name">Its name, exactly.</param>
/// <param name="Read">What to do with its value, which is never null.</param>
/// <typeparam name="T">The validator.</typeparam>
public sealed record BodyProperty<T>(string Name, MemberReader<T> Read);

/// <summary>Hears of rules that a body breaks as a whole.</summary>
public interface IBodyValidator
{
    /// <summary>The body breaks a rule; the message repeats nothing of it.</summary>
    void Body(string message);

    /// <summary>A known property holds a value of a type that it cannot have.</summary>
    /// <param name="field">One of <see cref="Fields"/>.</param>
    /// <param name="expected">What it must be, with its article: "a string".</param>
    void WrongType(string field, string expected);
}

/// <summary>
/// Reads a JSON object strictly: unknown properties, properties sent twice, and anything that is not plain JSON in UTF-8 are refused,
/// without repeating a value, nor a name that might hold one (<see cref="PropertyNames"/>). Written by hand because what a general
/// reader says of a bad body can quote it, and because card numbers must not become strings on the way.
/// </summary>
public static class StrictJson
{
    /// <summary>Levels of nesting that any body here may have.</summary>
    private const int MaximumDepth = 8;

    private const string NotJson = "The body is not valid JSON, or is nested too deeply.";

    /// <summary>Puts every property before the validator. False, with the refusal, when the body cannot be read at all.</summary>
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
            // What the first says may quote the body. The second is the reader's word for a property name that escapes half of a
            // surrogate pair.
            refusal = Refuse(NotJson);
        }

        return refusal is null;
    }

    private static Refusal.Invalid Refuse(string rule) => new([new FieldError(Fields.Body, rule)]);

    /// <summary>The text without the mark that some write before it.</summary>
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
                reader.Skip(); // the name, and with it the value
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

        return !reader.Read(); // throws where anything but white space follows
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
