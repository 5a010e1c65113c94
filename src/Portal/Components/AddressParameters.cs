using System.Globalization;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;
using Microsoft.Extensions.Primitives;

namespace Dojo.Pci.Portal.Components;

/// <summary>
/// The parameters of a page's address, each to be taken once. What cannot be understood, is sent twice, or is asked for by nobody is a
/// fault that names the parameter and never its value: a filter that is dropped would show more than was asked for.
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

    /// <summary>What was wrong; to be asked for after everything was taken.</summary>
    public IReadOnlyList<FieldError> Faults => [.. _faults, .. _left.Keys.Select(Unknown)];

    /// <summary>The value of a parameter; null where it is not there, is empty, or is not <paramref name="expected"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="read">Reads its text, trimmed; null for what it cannot be.</param>
    /// <param name="expected">What it must be, for the message.</param>
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

    /// <summary>A day, as <see cref="TextOf(DateOnly?)"/> writes it.</summary>
    public DateOnly? TakeDay(string name) => Take(name, DayIn, $"a day such as 2027-01-31, from {FirstYear} to {LastYear}");

    /// <summary>A value by its name, in any case.</summary>
    public T? TakeNamed<T>(string name)
        where T : struct, Enum => Take(name, Named<T>, OneOf<T>());

    /// <summary>Values by their names, in any case, with commas between; none where the parameter is not there.</summary>
    public EnumSet<T> TakeSomeNamed<T>(string name)
        where T : struct, Enum => Take(name, SomeNamed<T>, $"{OneOf<T>()}, or several of them with commas between") ?? default;

    /// <summary>A day as a browser writes it; null for what is none.</summary>
    public static DateOnly? DayIn(string? text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= FirstYear and <= LastYear ? day : null;

    /// <summary>A day in an address; null for none.</summary>
    public static string? TextOf(DateOnly? day) => day?.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>Values in an address, with commas between; null for none.</summary>
    public static string? TextOf<T>(EnumSet<T> values)
        where T : struct, Enum => values.Count == 0 ? null : string.Join(',', values);

    /// <summary>A value by its name, in any case; null for what is none.</summary>
    public static T? Named<T>(string? name)
        where T : struct, Enum => Enum.GetValues<T>().Where(value => value.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)).Cast<T?>().FirstOrDefault();

    /// <summary>Leaves parameters to somebody else.</summary>
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
