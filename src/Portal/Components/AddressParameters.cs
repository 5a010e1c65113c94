using System.Globalization;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;
using Microsoft.Extensions.Primitives;

namespace Dojo.Pci.Portal.Components;

/// <summary>
/// The query parameters of a page's address; each can be taken once. A parameter that is invalid, repeated or unknown to the page becomes a fault
/// that names the parameter but never its value. Dropping a filter instead would show more than was asked for.
/// </summary>
internal sealed class AddressParameters(IEnumerable<KeyValuePair<string, StringValues>> parameters)
{
    private const int LongestPlainName = 40;
    private const string DayFormat = "yyyy-MM-dd";
    private const int FirstYear = 2000;
    private const int LastYear = 2199;

    private readonly Dictionary<string, StringValues> _left = new(parameters, StringComparer.OrdinalIgnoreCase);
    private readonly List<FieldError> _faults = [];
    private readonly List<string> _known = [];

    /// <summary>The faults found. Read this after all parameters have been taken: those left over count as unknown.</summary>
    public IReadOnlyList<FieldError> Faults => [.. _faults, .. _left.Keys.Select(Unknown)];

    /// <summary>Takes the value of a parameter; null if it is missing, empty, repeated or not <paramref name="expected"/>.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="read">Parses the trimmed text; returns null if the text is invalid.</param>
    /// <param name="expected">What the value must be, as the message says it.</param>
    public T? Take<T>(string name, Func<string, T?> read, string expected)
        where T : struct
    {
        var value = TextOf(name) is { } text ? read(text) ?? Refuse<T>(name, expected) : null;
        return value;
    }

    /// <inheritdoc cref="Take{T}(string, Func{string, T?}, string)"/>
    public string? Take(string name, Func<string, string?> read, string expected)
    {
        if (TextOf(name) is not { } text)
        {
            return null;
        }

        var value = read(text);
        if (value is null)
        {
            Add(name, expected);
        }

        return value;
    }

    /// <summary>Takes a day in the format that <see cref="TextOf(DateOnly?)"/> writes.</summary>
    public DateOnly? TakeDay(string name) => Take(name, DayIn, $"a day such as 2027-01-31, from {FirstYear} to {LastYear}");

    /// <summary>Takes an enum value by its name, ignoring case.</summary>
    public T? TakeNamed<T>(string name)
        where T : struct, Enum => Take(name, Named<T>, OneOf<T>());

    /// <summary>Takes enum values by their names, separated by commas, ignoring case. Empty if the parameter is missing or invalid.</summary>
    public EnumSet<T> TakeSomeNamed<T>(string name)
        where T : struct, Enum => Take(name, SomeNamed<T>, $"{OneOf<T>()}, or several of them separated by commas") ?? default;

    /// <summary>Parses a day in the format of a browser's date input; null if the text is not a day from 2000 to 2199.</summary>
    public static DateOnly? DayIn(string? text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= FirstYear and <= LastYear ? day : null;

    /// <summary>Formats a day for an address; null for null.</summary>
    public static string? TextOf(DateOnly? day) => day?.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>Formats values for an address, separated by commas; null if there are none.</summary>
    public static string? TextOf<T>(EnumSet<T> values)
        where T : struct, Enum => values.Count == 0 ? null : string.Join(',', values);

    /// <summary>Parses an enum value by its name, ignoring case; null if no value has that name.</summary>
    public static T? Named<T>(string? name)
        where T : struct, Enum => Enum.GetValues<T>().Where(value => value.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)).Cast<T?>().FirstOrDefault();

    /// <summary>Accepts parameters that other code reads, so that they do not become faults.</summary>
    public void Skip(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _known.Add(name);
            _left.Remove(name);
        }
    }

    private string? TextOf(string name)
    {
        _known.Add(name);
        if (!_left.Remove(name, out var values))
        {
            return null;
        }

        if (values.Count > 1)
        {
            _faults.Add(new FieldError(Fields.Of(name), $"The address has the parameter {name} more than once."));
            return null;
        }

        return values.ToString().Trim() is { Length: > 0 } text ? text : null;
    }

    private static string OneOf<T>()
        where T : struct, Enum => $"one of {string.Join(", ", Enum.GetNames<T>())}";

    private static EnumSet<T>? SomeNamed<T>(string names)
        where T : struct, Enum
    {
        var values = names.Split(',', StringSplitOptions.TrimEntries).Select(Named<T>).ToList();
        return values.Contains(null) ? null : EnumSet.Create<T>([.. values.OfType<T>()]);
    }

    private T? Refuse<T>(string name, string expected)
        where T : struct
    {
        Add(name, expected);
        return null;
    }

    private void Add(string name, string expected) => _faults.Add(new FieldError(Fields.Of(name), $"The parameter {name} of the address must be {expected}."));

    private FieldError Unknown(string name)
    {
        var isPlain = name.Length is > 0 and <= LongestPlainName && name.All(char.IsAsciiLetter);
        return new FieldError("Query", $"The address has {(isPlain ? $"the parameter {name}" : "a parameter")}, which this page does not have. It has {string.Join(", ", _known)}.");
    }
}
