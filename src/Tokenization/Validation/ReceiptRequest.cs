using System.Text;
using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>A validated request for a receipt.</summary>
/// <param name="Emails">The e-mail addresses to send it to, 1 to 10.</param>
public sealed record ReceiptRequest(IReadOnlyList<string> Emails);

/// <summary>The only validator of requests for receipts. Works like <see cref="PaymentIntentValidator"/>.</summary>
public sealed class ReceiptValidator : BodyValidator
{
    private const string Field = "Emails";
    private const int MostEmails = 10;
    private const int LongestEmail = 254;

    private readonly List<string> _emails = [];

    /// <summary>Reads the addresses; the reader is at them.</summary>
    public void Emails(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            WrongType(Field, "a list of e-mail addresses");
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String && JsonText.TryTake(ref reader, out var text))
            {
                using (text)
                {
                    Take(text.Utf8);
                }
            }
            else
            {
                WrongType(Field, "a list of e-mail addresses");
                reader.Skip();
            }
        }
    }

    /// <summary>Returns the validated request, or a refusal with every broken rule.</summary>
    public Result<ReceiptRequest> Validate()
    {
        if (!Errors.Any && _emails.Count is < 1 or > MostEmails)
        {
            Errors.Add(Field, $"The {Field} field must have 1 to {MostEmails} e-mail addresses.");
        }

        return Errors.Any ? Errors.ToRefusal() : new ReceiptRequest(_emails);
    }

    // Only sending a message could verify more. Control characters are refused, so an address cannot end a header line.
    private void Take(ReadOnlySpan<byte> utf8)
    {
        var at = utf8.IndexOf((byte)'@');
        var isAddress = at > 0 && at < utf8.Length - 1 && utf8.LastIndexOf((byte)'@') == at && FreeText.LengthOf(utf8) <= LongestEmail
            && !utf8.ContainsAnyInRange((byte)0, (byte)' ') && !utf8.ContainsAny((byte)',', (byte)';', (byte)'<') && Ascii.IsValid(utf8);
        if (!isAddress)
        {
            WrongType(Field, "a list of e-mail addresses");
        }
        else if (FreeText.Validate(Errors, Field, utf8) is { } email)
        {
            _emails.Add(email);
        }
    }
}
