using System.Text;
using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>A validated search for payment intents.</summary>
/// <param name="Statuses">The statuses to find, by name; null or empty for all.</param>
/// <param name="From">The earliest time of creation, inclusive; null for no limit.</param>
/// <param name="To">The latest time of creation, inclusive; null for no limit.</param>
/// <param name="Page">The page to return.</param>
public sealed record PaymentIntentSearchRequest(IReadOnlyList<string>? Statuses, DateTimeOffset? From, DateTimeOffset? To, PageRequest Page);

/// <summary>The only validator of searches for payment intents. Works like <see cref="PaymentIntentValidator"/>.</summary>
/// <param name="statuses">The names of all statuses.</param>
public sealed class PaymentIntentSearchValidator(IReadOnlyList<string> statuses) : BodyValidator
{
    private const string StatusesField = "Statuses";
    private const string CursorField = "Cursor";

    private List<string>? _statuses;
    private DateTimeOffset? _from;
    private DateTimeOffset? _to;
    private PageRules? _page;

    /// <summary>Reads the statuses; the reader is at them.</summary>
    public void Statuses(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            WrongType(StatusesField, "a list of statuses");
            reader.Skip();
            return;
        }

        _statuses = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            TakeStatus(ref reader);
        }
    }

    /// <summary>Sets the earliest time of creation.</summary>
    public void From(DateTimeOffset instant) => _from = instant.ToUniversalTime();

    /// <summary>Sets the latest time of creation.</summary>
    public void To(DateTimeOffset instant) => _to = instant.ToUniversalTime();

    /// <summary>Reads the cursor; the reader is at it.</summary>
    public void Cursor(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            WrongType(CursorField, "an object");
            reader.Skip();
            return;
        }

        var page = _page = new PageRules($"{CursorField}.", Errors);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            TakeCursor(ref reader, page);
        }
    }

    /// <summary>Returns the validated search, or a refusal with every broken rule.</summary>
    public Result<PaymentIntentSearchRequest> Validate()
    {
        var page = (_page ?? new PageRules("", Errors)).Validate();
        if (_from > _to)
        {
            Errors.Add("EndDate", "The EndDate field must not be before the StartDate.");
        }

        return Errors.Any ? Errors.ToRefusal() : new PaymentIntentSearchRequest(_statuses, _from, _to, page);
    }

    private void TakeStatus(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && JsonText.TryTake(ref reader, out var text))
        {
            using (text)
            {
                foreach (var status in statuses)
                {
                    if (Ascii.EqualsIgnoreCase(text.Utf8, status))
                    {
                        _statuses!.Add(status);
                        return;
                    }
                }
            }
        }

        Errors.Add(StatusesField, $"The {StatusesField} field must have only these: {string.Join(", ", statuses)}.");
        reader.Skip();
    }

    private void TakeCursor(ref Utf8JsonReader reader, PageRules page)
    {
        if (reader.ValueTextEquals("limit"))
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null)
            {
                page.Limit(ref reader);
            }

            return;
        }

        var isBefore = reader.ValueTextEquals("before");
        if (!isBefore && !reader.ValueTextEquals("after"))
        {
            Errors.Add(CursorField, PropertyNames.Describe(ref reader, $"The {CursorField} field", ["limit", "before", "after"]));
            reader.Skip();
            return;
        }

        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (!JsonText.TryTake(ref reader, out var text))
        {
            WrongType($"{CursorField}.{(isBefore ? "Before" : "After")}", "a string");
            reader.Skip();
            return;
        }

        using (text)
        {
            if (isBefore)
            {
                page.Before(text.Utf8);
            }
            else
            {
                page.After(text.Utf8);
            }
        }
    }
}
