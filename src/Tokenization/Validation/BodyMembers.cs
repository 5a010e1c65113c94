using System.Text.Json;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>Takes the text of a member.</summary>
/// <typeparam name="T">The judge.</typeparam>
public delegate void TextJudge<in T>(T judge, ReadOnlySpan<byte> utf8);

/// <summary>Hears of the metadata of a body.</summary>
public interface IMetadataJudge : IBodyJudge
{
    /// <summary>That there is metadata, perhaps without entries.</summary>
    void Metadata();

    /// <summary>One entry of the metadata.</summary>
    void MetadataEntry(ReadOnlySpan<byte> utf8Key, ReadOnlySpan<byte> utf8Value);
}

/// <summary>The kinds of members that bodies have in common.</summary>
public static class BodyMembers
{
    /// <summary>A member that is a string.</summary>
    public static BodyMember<T> Text<T>(string name, TextJudge<T> read)
        where T : IBodyJudge => new(name, (ref reader, judge) =>
        {
            if (JsonText.TryTake(ref reader, out var text))
            {
                using (text)
                {
                    read(judge, text.Utf8);
                }
            }
            else
            {
                judge.WrongType(Fields.Of(name), "a string");
                reader.Skip();
            }
        });

    /// <summary>A member that is a date and time, as <see cref="InstantText"/> reads it.</summary>
    public static BodyMember<T> Instant<T>(string name, Action<T, DateTimeOffset> read)
        where T : IBodyJudge => new(name, (ref reader, judge) =>
        {
            if (JsonText.TryTake(ref reader, out var text))
            {
                using (text)
                {
                    if (InstantText.TryParse(text.Utf8, out var instant))
                    {
                        read(judge, instant);
                        return;
                    }
                }
            }

            judge.WrongType(Fields.Of(name), InstantText.Expected);
            reader.Skip();
        });

    /// <summary>The metadata: an object whose values are strings.</summary>
    public static BodyMember<T> Metadata<T>()
        where T : IMetadataJudge => new("metadata", (ref reader, judge) =>
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                judge.WrongType(Fields.Metadata, "an object");
                reader.Skip();
                return;
            }

            judge.Metadata();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadEntry(ref reader, judge);
            }
        });

    private static void ReadEntry<T>(ref Utf8JsonReader reader, T judge)
        where T : IMetadataJudge
    {
        var hasKey = JsonText.TryTake(ref reader, out var key);
        reader.Read();
        using (key)
        {
            if (hasKey && reader.TokenType == JsonTokenType.String && JsonText.TryTake(ref reader, out var value))
            {
                using (value)
                {
                    judge.MetadataEntry(key.Utf8, value.Utf8);
                }
            }
            else
            {
                judge.WrongType(Fields.Metadata, "an object whose values are strings");
                reader.Skip();
            }
        }
    }
}
