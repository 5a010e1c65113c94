using System.Globalization;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api.SetupIntents;

/// <summary>The query of <c>GET /setup-intents</c>.</summary>
internal sealed record SetupIntentQuery(SetupIntentFilter Filter, int Limit, string? Before, string? After)
{
    private const int DefaultLimit = 50;
    private const int MaximumLimit = 100;
    private const int MaximumCursorLength = 50;

    private static readonly string[] s_names = ["status", "reference", "createdFrom", "createdTo", "limit", "before", "after"];

    /// <summary>Reads the query, or returns every rule that it breaks.</summary>
    public static Result<SetupIntentQuery> Read(IQueryCollection query)
    {
        var errors = new List<FieldError>();
        if (query.Any(entry => Array.IndexOf(s_names, entry.Key) < 0 || entry.Value.Count != 1))
        {
            errors.Add(new("Query", $"The Query must have only these parameters, each once: {string.Join(", ", s_names)}."));
        }

        var status = ReadStatus(query["status"], errors);
        var createdFrom = ReadInstant("CreatedFrom", query["createdFrom"], errors);
        var createdTo = ReadInstant("CreatedTo", query["createdTo"], errors);
        var limit = ReadLimit(query["limit"], errors);
        var (before, after) = ((string?)query["before"], (string?)query["after"]);
        if (before is not null && after is not null)
        {
            errors.Add(new("Before", "The Before and After parameters cannot be used together."));
        }

        if (before?.Length > MaximumCursorLength || after?.Length > MaximumCursorLength)
        {
            errors.Add(new("Before", "The Before and After parameters must be ids of setup intents."));
        }

        if (CardNumberDetector.ContainsCardNumber((string?)query["reference"] ?? ""))
        {
            errors.Add(new("Reference", "The Reference parameter must not contain a card number."));
        }

        var filter = new SetupIntentFilter(status, (string?)query["reference"], createdFrom, createdTo);
        return errors.Count == 0 ? new SetupIntentQuery(filter, limit, before, after) : new Refusal.Invalid(errors);
    }

    private static SetupIntentStatus? ReadStatus(string? text, List<FieldError> errors)
    {
        if (text is null)
        {
            return null;
        }

        var name = Array.Find(Enum.GetNames<SetupIntentStatus>(), name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (name is not null)
        {
            return Enum.Parse<SetupIntentStatus>(name);
        }

        errors.Add(new("Status", $"The Status parameter must be one of {string.Join(", ", Enum.GetNames<SetupIntentStatus>())}."));
        return null;
    }

    private static DateTimeOffset? ReadInstant(string field, string? text, List<FieldError> errors)
    {
        if (text is null)
        {
            return null;
        }

        if (InstantText.TryParse(text, out var instant))
        {
            return instant;
        }

        errors.Add(new(field, $"The {field} parameter must be {InstantText.Expected}."));
        return null;
    }

    private static int ReadLimit(string? text, List<FieldError> errors)
    {
        if (text is null)
        {
            return DefaultLimit;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaximumLimit)
        {
            return limit;
        }

        errors.Add(new("Limit", $"The Limit parameter must be a whole number from 1 to {MaximumLimit}."));
        return DefaultLimit;
    }
}
