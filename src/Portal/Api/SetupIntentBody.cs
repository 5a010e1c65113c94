using System.Text.Json;
using System.Text.Unicode;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api;

/// <summary>
/// Reads the body of <c>POST /setup-intents</c> strictly, and puts each member before the <see cref="SetupIntentValidator"/>.
/// Written by hand because a card number must not become a string, and because what a general reader says about a bad body
/// can repeat parts of it.
/// </summary>
internal static class SetupIntentBody
{
    private const string NotJson = "The body is not valid JSON, or is nested too deeply.";

    /// <summary>The request in the body, or every rule that it breaks.</summary>
    public static Result<SetupIntentRequest> Judge(ReadOnlySpan<byte> json, TestCardRule testCards)
    {
        using var validator = new SetupIntentValidator(testCards);
        try
        {
            if (!Utf8.IsValid(json))
            {
                return Refuse(NotJson);
            }

            var reader = new Utf8JsonReader(WithoutByteOrderMark(json), new JsonReaderOptions { MaxDepth = Limits.JsonDepth });
            using var unescaped = SecretBuffer.Rent(json.Length);
            return ReadObject(ref reader, validator, unescaped.Span) ? validator.Judge() : Refuse("The body must be a JSON object.");
        }
        catch (JsonException)
        {
            return Refuse(NotJson); // what the exception says may quote the body
        }
    }

    private static Result<SetupIntentRequest> Refuse(string rule) => new Refusal.Invalid([new FieldError(Fields.Body, rule)]);

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? json[3..] : json;

    private static bool ReadObject(ref Utf8JsonReader reader, SetupIntentValidator validator, Span<byte> unescaped)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var seen = Member.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = MemberOf(ref reader);
            reader.Read();
            if (member == Member.None)
            {
                validator.Body("The body has a member that this request does not have. Verification codes, PINs and track data are never accepted.");
                reader.Skip();
            }
            else if (seen.HasFlag(member))
            {
                validator.Body("The body has the same member twice.");
                reader.Skip();
            }
            else
            {
                ReadMember(ref reader, member, validator, unescaped);
            }

            seen |= member;
        }

        return !reader.Read(); // throws where anything but white space follows
    }

    private static Member MemberOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("cardNumber"u8) ? Member.CardNumber
        : reader.ValueTextEquals("expiryDate"u8) ? Member.ExpiryDate
        : reader.ValueTextEquals("reference"u8) ? Member.Reference
        : reader.ValueTextEquals("description"u8) ? Member.Description
        : reader.ValueTextEquals("metadata"u8) ? Member.Metadata
        : Member.None;

    private static void ReadMember(ref Utf8JsonReader reader, Member member, SetupIntentValidator validator, Span<byte> unescaped)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return; // the same as leaving it out
        }

        if (member == Member.Metadata)
        {
            ReadMetadata(ref reader, validator, unescaped);
        }
        else if (!TryReadText(ref reader, unescaped, out var text))
        {
            validator.WrongType(member.ToString(), "a string");
            reader.Skip();
        }
        else if (member == Member.CardNumber)
        {
            validator.CardNumber(text);
        }
        else if (member == Member.ExpiryDate)
        {
            validator.ExpiryDate(text);
        }
        else if (member == Member.Reference)
        {
            validator.Reference(text);
        }
        else
        {
            validator.Description(text);
        }
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, SetupIntentValidator validator, Span<byte> unescaped)
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
            var hasKey = TryReadText(ref reader, unescaped, out var key);
            reader.Read();
            if (hasKey && TryReadText(ref reader, unescaped[key.Length..], out var value))
            {
                validator.MetadataEntry(key, value);
            }
            else
            {
                validator.WrongType(Fields.Metadata, "an object whose values are strings");
                reader.Skip();
            }
        }
    }

    /// <summary>The text of a string or member name, unescaped; false for other types and for escapes that are no Unicode text.</summary>
    private static bool TryReadText(ref Utf8JsonReader reader, Span<byte> unescaped, out ReadOnlySpan<byte> text)
    {
        text = reader.ValueSpan;
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            return false;
        }

        try
        {
            if (reader.ValueIsEscaped)
            {
                text = unescaped[..reader.CopyString(unescaped)];
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // half of a surrogate pair
        }
    }

    /// <summary>The members of the request; their names are those of <see cref="Fields"/>.</summary>
    [Flags]
    private enum Member
    {
        None = 0,
        CardNumber = 1,
        ExpiryDate = 2,
        Reference = 4,
        Description = 8,
        Metadata = 16,
    }
}
