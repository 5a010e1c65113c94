using System.Text.Json;
using System.Text.Unicode;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>Puts the value that the reader is at before a judge.</summary>
/// <typeparam name="T">The judge.</typeparam>
public delegate void MemberReader<in T>(ref Utf8JsonReader reader, T judge);

/// <summary>A member that a body may have.</summary>
/// <param name="Name">Its name, exactly.</param>
/// <param name="Read">What to do with its value, which is never null.</param>
/// <typeparam name="T">The judge.</typeparam>
public sealed record BodyMember<T>(string Name, MemberReader<T> Read);

/// <summary>Hears of rules that a body breaks as a whole.</summary>
public interface IBodyJudge
{
    /// <summary>The body breaks a rule; the message repeats nothing of it.</summary>
    void Body(string message);

    /// <summary>A known member holds a value of a type that it cannot have.</summary>
    /// <param name="field">One of <see cref="Fields"/>.</param>
    /// <param name="expected">What it must be, with its article: "a string".</param>
    void WrongType(string field, string expected);
}

/// <summary>
/// Reads a JSON object strictly: unknown members, members sent twice, and anything that is not plain JSON in UTF-8 are refused,
/// without repeating a value, nor a name that might hold one (<see cref="MemberNames"/>). Written by hand because what a general
/// reader says of a bad body can quote it, and because card numbers must not become strings on the way.
/// </summary>
public static class StrictJson
{
    /// <summary>Levels of nesting that any body here may have.</summary>
    private const int MaximumDepth = 8;

    private const string NotJson = "The body is not valid JSON, or is nested too deeply.";

    /// <summary>Puts every member before the judge. False, with the refusal, when the body cannot be read at all.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> json, BodyMember<T>[] members, T judge, out Refusal? refusal)
        where T : IBodyJudge
    {
        try
        {
            var isObject = Utf8.IsValid(json) && ReadObject(WithoutByteOrderMark(json), members, judge);
            refusal = isObject ? null : Refuse(Utf8.IsValid(json) ? "The body must be a JSON object." : NotJson);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What the first says may quote the body. The second is the reader's word for a member name that escapes half of a
            // surrogate pair.
            refusal = Refuse(NotJson);
        }

        return refusal is null;
    }

    private static Refusal.Invalid Refuse(string rule) => new([new FieldError(Fields.Body, rule)]);

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? json[3..] : json;

    private static bool ReadObject<T>(ReadOnlySpan<byte> json, BodyMember<T>[] members, T judge)
        where T : IBodyJudge
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaximumDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var seen = 0UL;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = Find(ref reader, members);
            if (member < 0)
            {
                judge.Body(MemberNames.Describe(ref reader, "The body", members.Select(known => known.Name)));
                reader.Skip(); // the name, and with it the value
            }
            else if ((seen & (1UL << member)) != 0)
            {
                judge.Body($"The body has the member {members[member].Name} twice.");
                reader.Skip();
            }
            else
            {
                reader.Read();
                seen |= 1UL << member;
                if (reader.TokenType != JsonTokenType.Null) // null is the same as leaving the member out
                {
                    members[member].Read(ref reader, judge);
                }
            }
        }

        return !reader.Read(); // throws where anything but white space follows
    }

    private static int Find<T>(ref Utf8JsonReader reader, BodyMember<T>[] members)
    {
        for (var i = 0; i < members.Length; i++)
        {
            if (reader.ValueTextEquals(members[i].Name))
            {
                return i;
            }
        }

        return -1;
    }
}
