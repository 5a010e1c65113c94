using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>A validated request for a page of a list.</summary>
/// <param name="Limit">The maximum number of items, from 1 to 100.</param>
/// <param name="Before">The item before which the page ends; null for none.</param>
/// <param name="After">The item after which the page begins; null for none. With neither, the page is the first.</param>
public sealed record PageRequest(int Limit, string? Before, string? After);

/// <summary>The rules of Dojo's cursors: a limit, and <c>before</c> or <c>after</c>.</summary>
/// <param name="prefix">The field that holds the cursor, with a dot after it; empty when the body is the cursor.</param>
/// <param name="errors">Receives the errors.</param>
internal sealed class PageRules(string prefix, FieldErrors errors)
{
    private const int DefaultLimit = 50;
    private const int MaximumLimit = 100;
    private const int MaximumCursorLength = 200;

    private int _limit = DefaultLimit;
    private string? _before;
    private string? _after;

    /// <summary>Reads the number of items; the reader is at it.</summary>
    public void Limit(ref Utf8JsonReader reader)
    {
        if (WholeNumber.TryRead(ref reader, out var limit) && limit is >= 1 and <= MaximumLimit)
        {
            _limit = (int)limit;
            return;
        }

        errors.Add($"{prefix}Limit", $"The {prefix}Limit field must be a whole number from 1 to {MaximumLimit}.");
        reader.Skip();
    }

    public void Before(ReadOnlySpan<byte> utf8) => _before = Cursor($"{prefix}Before", utf8);

    public void After(ReadOnlySpan<byte> utf8) => _after = Cursor($"{prefix}After", utf8);

    /// <summary>Returns the page, after adding an error when both cursors are given.</summary>
    public PageRequest Validate()
    {
        if (_before is not null && _after is not null)
        {
            errors.Add($"{prefix}Before", $"The {prefix}Before and {prefix}After fields cannot be used together.");
        }

        return new PageRequest(_limit, _before, _after);
    }

    // Clients that have no cursor send an empty one.
    private string? Cursor(string field, ReadOnlySpan<byte> utf8)
    {
        if (FreeText.LengthOf(utf8) > MaximumCursorLength)
        {
            errors.Add(field, $"The field {field} must be a string with a maximum length of {MaximumCursorLength}.");
        }

        return utf8.IsEmpty ? null : FreeText.Validate(errors, field, utf8);
    }
}

/// <summary>A position in a list that is ordered by internal ids, newest first.</summary>
internal sealed class KeyCursor
{
    private readonly int _limit;

    private KeyCursor(PageRequest page, long? newerThan, long? olderThan) => (_limit, NewerThan, OlderThan) = (page.Limit, newerThan, olderThan);

    /// <summary>The item before which the page ends: its items are newer. Null for none.</summary>
    public long? NewerThan { get; }

    /// <summary>The item after which the page begins: its items are older. Null for none.</summary>
    public long? OlderThan { get; }

    /// <summary>Returns the position that a page names, or a refusal when its cursor is invalid.</summary>
    /// <param name="page">The page.</param>
    /// <param name="prefix">The field that holds the cursor, with a dot after it; empty when the body is the cursor.</param>
    /// <param name="recordIdOf">Returns the internal id behind a cursor; negative when there is none.</param>
    public static Result<KeyCursor> Of(PageRequest page, string prefix, Func<string, long> recordIdOf)
    {
        long? newerThan = page.Before is { } before ? recordIdOf(before) : null;
        long? olderThan = page.After is { } after ? recordIdOf(after) : null;
        if (newerThan is not < 0 && olderThan is not < 0)
        {
            return new KeyCursor(page, newerThan, olderThan);
        }

        var field = $"{prefix}{(newerThan < 0 ? "Before" : "After")}";
        return new Refusal.Invalid([new FieldError(field, $"The {field} field must be a cursor from an earlier answer.")]);
    }

    /// <summary>Cuts a list, newest first and read with one item more than the limit, to the page, and returns the cursors of the adjacent pages.</summary>
    public (IReadOnlyList<T> Items, string? Before, string? After) Cut<T>(IReadOnlyList<T> found, Func<T, string> cursorOf)
    {
        var hasMore = found.Count > _limit;
        IReadOnlyList<T> items = [.. NewerThan is null ? found.Take(_limit) : found.TakeLast(_limit)];
        var hasNewer = NewerThan is null ? OlderThan is not null : hasMore;
        var hasOlder = NewerThan is not null || hasMore;
        return (items, hasNewer && items.Count > 0 ? cursorOf(items[0]) : null, hasOlder && items.Count > 0 ? cursorOf(items[^1]) : null);
    }
}
