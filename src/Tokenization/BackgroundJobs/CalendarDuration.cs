using System.Globalization;
using System.Text.RegularExpressions;

namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>
/// An ISO 8601 duration, such as <c>P1Y2M3DT4H</c>, <c>P2W</c> or <c>PT0.5H</c>. Years and months are those of the calendar: a month
/// after 31 January is the last day of February. Weeks may be combined with other parts, as in ISO 8601-2. The last part may have a
/// fraction, after a point or comma, unless it is months, because a fraction of a month has no fixed length; a fraction of a year must
/// be a whole number of months.
/// </summary>
/// <param name="Months">The calendar months, including those of the years.</param>
/// <param name="Time">The time that is added after the months; a day has 24 hours, because the clocks here are in UTC.</param>
public readonly partial record struct CalendarDuration(int Months, TimeSpan Time)
{
    private const string Number = "[0-9]{1,12}(?:[.,][0-9]{1,9})?";
    private const int MonthsOfYear = 12;
    private const int MostMonths = 10_000 * MonthsOfYear;

    // The parts in order, and the size of one of each, in months or in ticks.
    private static readonly (string Name, long Size)[] s_parts =
    [
        ("years", MonthsOfYear), ("months", 1), ("weeks", 7 * TimeSpan.TicksPerDay), ("days", TimeSpan.TicksPerDay),
        ("hours", TimeSpan.TicksPerHour), ("minutes", TimeSpan.TicksPerMinute), ("seconds", TimeSpan.TicksPerSecond),
    ];

    /// <summary>Creates a duration without months.</summary>
    public static implicit operator CalendarDuration(TimeSpan time) => new(0, time);

    /// <summary>Parses a duration that is not negative. Returns false if the text is not one.</summary>
    public static bool TryParse(string text, out CalendarDuration duration)
    {
        duration = default;
        var match = Form().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var (months, ticks, isLast) = (0m, 0m, true);
        foreach (var (name, size) in s_parts.Reverse())
        {
            if (match.Groups[name] is not { Success: true, Value: var written })
            {
                continue;
            }

            var number = decimal.Parse(written.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            if (!decimal.IsInteger(number) && !isLast)
            {
                return false;
            }

            (months, ticks) = size <= MonthsOfYear ? (months + (number * size), ticks) : (months, ticks + (number * size));
            isLast = false;
        }

        if (!decimal.IsInteger(months) || months > MostMonths || ticks > TimeSpan.MaxValue.Ticks)
        {
            return false;
        }

        duration = new CalendarDuration((int)months, TimeSpan.FromTicks((long)ticks));
        return true;
    }

    /// <summary>Adds the duration to an instant. Returns false if the result is beyond the calendar, or <see cref="Time"/> is negative.</summary>
    public bool TryAddTo(DateTimeOffset start, out DateTimeOffset end)
    {
        end = start;
        var monthsLeft = ((DateTimeOffset.MaxValue.Year - start.Year) * MonthsOfYear) + MonthsOfYear - start.Month;
        if (Months > monthsLeft || Time < TimeSpan.Zero)
        {
            return false;
        }

        end = start.AddMonths(Months);
        if (Time > DateTimeOffset.MaxValue - end)
        {
            return false;
        }

        end += Time;
        return true;
    }

    [GeneratedRegex(
        $@"\AP(?!\z)(?:(?<years>{Number})Y)?(?:(?<months>{Number})M)?(?:(?<weeks>{Number})W)?(?:(?<days>{Number})D)?"
        + $@"(?:T(?!\z)(?:(?<hours>{Number})H)?(?:(?<minutes>{Number})M)?(?:(?<seconds>{Number})S)?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Form();
}
