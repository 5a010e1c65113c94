using System.Text.Json;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>
/// A property of Dojo's requests that asks for something that this service does not offer. Values that ask for nothing, <c>false</c>
/// and an empty text, are accepted, because Dojo's clients send them; any other value is refused with the reason. No value is kept.
/// </summary>
/// <param name="reason">The reason for the refusal, as the end of a sentence: "a token is charged at once".</param>
internal sealed class UnofferedShape(string reason) : JsonShape
{
    public override bool IsKept => false;

    public override void Read(ref Utf8JsonReader reader, string path, FieldErrors errors, Utf8JsonWriter copy)
    {
        var asksForNothing = reader.TokenType == JsonTokenType.False || (reader.TokenType == JsonTokenType.String && reader.ValueSpan.IsEmpty);
        if (!asksForNothing)
        {
            errors.Add(path, $"The {path} field must be left out: {reason}.");
            reader.Skip();
        }
    }
}

/// <summary>Like <see cref="UnofferedShape"/>, for an amount of money: an amount of 0 asks for nothing.</summary>
/// <param name="reason">The reason for the refusal, as the end of a sentence.</param>
internal sealed class UnofferedAmountShape(string reason) : JsonShape
{
    public override bool IsKept => false;

    public override void Read(ref Utf8JsonReader reader, string path, FieldErrors errors, Utf8JsonWriter copy)
    {
        if (MoneyRules.Read(ref reader, path, errors) is { Value: > 0 })
        {
            errors.Add(path, $"The {path} field must be left out, or be 0: {reason}.");
        }
    }
}
