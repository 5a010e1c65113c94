using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The only validator of requests that create or change a subscription to events.</summary>
/// <param name="events">The names of all events.</param>
/// <param name="isChange">Whether the request changes a subscription; then every field is optional.</param>
public sealed class WebhookValidator(IReadOnlyList<string> events, bool isChange) : BodyValidator
{
    /// <summary>The maximum length of a URL, in characters.</summary>
    public const int MaximumUrlLength = 2048;

    private List<string>? _events;
    private string? _url;
    private string? _description;

    private string UnknownEvent => $"The Events field must name only these events: {string.Join(", ", events)}.";

    /// <summary>Reads the events, an array of names.</summary>
    public void Events(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            WrongType(Fields.Events, "an array of strings");
            reader.Skip();
            return;
        }

        _events = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            TakeEvent(ref reader);
        }

        if (_events.Count == 0)
        {
            Errors.Add(Fields.Events, "The Events field must name at least one event.");
        }
    }

    /// <summary>Validates the events chosen in a form, which offers the names.</summary>
    public void Events(IReadOnlyList<string> chosen)
    {
        _events = [.. chosen];
        if (_events.Count == 0)
        {
            Errors.Add(Fields.Events, "Choose at least one event.");
        }
        else if (!_events.TrueForAll(events.Contains))
        {
            Errors.Add(Fields.Events, UnknownEvent);
        }
    }

    /// <summary>Validates the URL.</summary>
    public void Url(ReadOnlySpan<byte> utf8)
    {
        _url = FreeText.Validate(Errors, Fields.Url, utf8);
        if (FreeText.LengthOf(utf8) is < 1 or > MaximumUrlLength)
        {
            Errors.Add(Fields.Url, $"The field Url must be a string with a minimum length of 1 and a maximum length of {MaximumUrlLength}.");
        }
    }

    /// <summary>Validates the description.</summary>
    public void Description(ReadOnlySpan<byte> utf8)
    {
        _description = FreeText.Validate(Errors, Fields.Description, utf8);
        if (FreeText.LengthOf(utf8) > SetupIntentValidator.MaximumDescriptionLength)
        {
            Errors.Add(Fields.Description, $"The field Description must be a string with a maximum length of {SetupIntentValidator.MaximumDescriptionLength}.");
        }
    }

    /// <summary>Returns the validated request, or a refusal with every broken rule.</summary>
    public Result<WebhookRequest> Validate()
    {
        if (!isChange)
        {
            Require(Fields.Events, _events);
            Require(Fields.Url, _url);
        }

        return Errors.Any
            ? Errors.ToRefusal()
            : new WebhookRequest(_events, _url, _description is "" && !isChange ? null : _description);
    }

    // Compares the value with the few known names, so that the sent text never becomes a string.
    private void TakeEvent(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            WrongType(Fields.Events, "an array of strings");
            reader.Skip();
            return;
        }

        foreach (var name in events)
        {
            if (reader.ValueTextEquals(name))
            {
                _events!.Add(name);
                return;
            }
        }

        Errors.Add(Fields.Events, UnknownEvent);
        _events!.Add("");
    }

    private void Require(string field, object? value)
    {
        if (value is null && !Errors.Has(field))
        {
            Errors.Add(field, $"The {field} field is required.");
        }
    }
}
