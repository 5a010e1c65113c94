using System.Text;
using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>A request for a receipt, in which every rule of form holds.</summary>
/// <param name="Emails">To whom: 1 to 10 addresses.</param>
public sealed record ReceiptRequest(IReadOnlyList<string> Emails);

/// <summary>The one validator of requests for receipts. Works like <see cref="PaymentIntentValidator"/>.</summary>
public sealed class ReceiptValidator : BodyValidator
{
    private const string Field = "Emails";
    private const int MostEmails = 10;
    private const int LongestEmail = 254;

    private readonly List<string> _emails = [];

    /// <summary>The addresses; the reader is at them.</summary>
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

    /// <summary>The verdict.</summary>
    public Result<ReceiptRequest> Validate()
    {
        if (!Errors.Any && _emails.Count is < 1 or > MostEmails)
        {
            Errors.Add(Field, $"The {Field} field must have 1 to {MostEmails} e-mail addresses.");
        }

        return Errors.Any ? Errors.ToRefusal() : new ReceiptRequest(_emails);
    }

    // Of an address no more can be told without sending something to it. Nothing that could end a header line is in it.
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
