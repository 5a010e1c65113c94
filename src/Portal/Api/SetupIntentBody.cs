using System.Text.Json;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api;

/// <summary>
/// The body of <c>POST /setup-intents</c>: the members of the seed, and those of Dojo's ordinary create, each put before the
/// <see cref="SetupIntentValidator"/>.
/// </summary>
internal static class SetupIntentBody
{
    private delegate void TextReader(SetupIntentValidator judge, ReadOnlySpan<byte> utf8);

    private static readonly BodyMember<SetupIntentValidator>[] s_members =
    [
        Text("cardNumber", (judge, text) => judge.CardNumber(text)),
        Text("expiryDate", (judge, text) => judge.ExpiryDate(text)),
        Text("reference", (judge, text) => judge.Reference(text)),
        Text("description", (judge, text) => judge.Description(text)),
        new("metadata", ReadMetadata),
        Text("terms", (judge, text) => judge.Terms(text)),
        Text("merchantInitiatedTransactionType", (judge, text) => judge.TransactionType(text)),
        new("expireAt", ReadExpireAt),
        new("intendedAmount", (ref reader, judge) => judge.IntendedAmount(ref reader)),
        .. SetupIntentValidator.KeptNames.Select(name => new BodyMember<SetupIntentValidator>(name, (ref reader, judge) => judge.Keep(name, ref reader))),
        .. SetupIntentValidator.IgnoredNames.Select(name => new BodyMember<SetupIntentValidator>(name, (ref reader, judge) => judge.Ignore(name, ref reader))),
    ];

    /// <summary>The request in the body, or every rule that it breaks.</summary>
    public static Result<SetupIntentRequest> Judge(ReadOnlySpan<byte> json, TestCardRule testCards)
    {
        using var judge = new SetupIntentValidator(testCards);
        return StrictJson.TryRead(json, s_members, judge, out var refusal) ? judge.Judge() : refusal!;
    }

    private static BodyMember<SetupIntentValidator> Text(string name, TextReader read) => new(name, (ref reader, judge) =>
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

    private static void ReadExpireAt(ref Utf8JsonReader reader, SetupIntentValidator judge)
    {
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var instant))
        {
            judge.ExpireAt(instant);
        }
        else
        {
            judge.WrongType(Fields.ExpireAt, "a date and time in ISO 8601 format");
            reader.Skip();
        }
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, SetupIntentValidator judge)
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
            ReadMetadataEntry(ref reader, judge);
        }
    }

    private static void ReadMetadataEntry(ref Utf8JsonReader reader, SetupIntentValidator judge)
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
