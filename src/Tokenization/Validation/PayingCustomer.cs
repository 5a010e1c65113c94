using System.Text.Json;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The customer who pays with a saved card. A class, so that it does not print the secret.</summary>
/// <param name="secret">A secret of the customer.</param>
/// <param name="savedCardId">The id of the saved card.</param>
/// <param name="id">The id of the customer; null when the request does not name one.</param>
public sealed class PayingCustomer(string secret, string savedCardId, string? id)
{
    /// <summary>A secret of the customer.</summary>
    public string Secret { get; } = secret;

    /// <summary>The id of the saved card, which begins with <c>pm_</c>.</summary>
    public string SavedCardId { get; } = savedCardId;

    /// <summary>The id of the customer; null when the request does not name one.</summary>
    public string? Id { get; } = id;
}

/// <summary>A text that is passed on and not kept. An empty text counts as none.</summary>
/// <param name="maximum">The maximum length, in characters.</param>
/// <param name="take">Receives a valid text.</param>
internal sealed class TakenTextShape(int maximum, Action<string> take) : JsonShape
{
    public override bool IsKept => false;

    public override void Read(ref Utf8JsonReader reader, string path, FieldErrors errors, Utf8JsonWriter copy)
    {
        if (!JsonText.TryTake(ref reader, out var text))
        {
            errors.Add(path, $"The {path} field must be a string.");
            reader.Skip();
            return;
        }

        using (text)
        {
            if (FreeText.LengthOf(text.Utf8) > maximum)
            {
                errors.Add(path, $"The field {path} must be a string with a maximum length of {maximum}.");
            }
            else if (FreeText.Validate(errors, path, text.Utf8) is { Length: > 0 } taken)
            {
                take(taken);
            }
        }
    }
}

/// <summary>Reads the customer's id from the properties that are kept as they were sent.</summary>
internal static class KeptCustomer
{
    /// <summary>The id; null when there is none.</summary>
    public static string? IdIn(string? detailsJson)
    {
        if (detailsJson is null)
        {
            return null;
        }

        using var details = JsonDocument.Parse(detailsJson);
        return details.RootElement.TryGetProperty("customer", out var customer) && customer.TryGetProperty("id", out var id) ? id.GetString() : null;
    }
}
