using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The one validator of requests that make or change a subscription to events.</summary>
/// <param name="events">The names of the events that there are.</param>
/// <param name="isChange">Whether it changes one, so that everything may be left out.</param>
public sealed class WebhookValidator(IReadOnlyList<string> events, bool isChange) : BodyValidator
{
    /// <summary>Characters of a URL.</summary>
    public const int MaximumUrlLength = 2048;

    private List<string>? _events;
    private string? _url;
    private string? _description;

    private string UnknownEvent => $"The Events field must name events that there are: {string.Join(", ", events)}.";

    /// <summary>The events: an array of names.</summary>
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

    /// <summary>The same from a form, which offers the names.</summary>
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

    /// <summary>The URL.</summary>
    public void Url(ReadOnlySpan<byte> utf8)
    {
        _url = FreeText.Validate(Errors, Fields.Url, utf8);
        if (FreeText.LengthOf(utf8) is < 1 or > MaximumUrlLength)
        {
            Errors.Add(Fields.Url, $"The field Url must be a string with a minimum length of 1 and a maximum length of {MaximumUrlLength}.");
        }
    }

    /// <summary>The description.</summary>
    public void Description(ReadOnlySpan<byte> utf8)
    {
        _description = FreeText.Validate(Errors, Fields.Description, utf8);
        if (FreeText.LengthOf(utf8) > SetupIntentValidator.MaximumDescriptionLength)
        {
            Errors.Add(Fields.Description, $"The field Description must be a string with a maximum length of {SetupIntentValidator.MaximumDescriptionLength}.");
        }
    }

    /// <summary>The request, or every rule that it breaks.</summary>
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

    // Names are few and known: what is sent is compared with them, and never becomes a text of ours.
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
