using System.Globalization;

namespace Dojo.Pci.Portal.Components.Time;

/// <summary>The format of calendars: the week begins on Monday (ISO 8601), and the month comes before the year.</summary>
internal static class CalendarCulture
{
    /// <summary>The culture of every calendar of the portal; in all other respects the invariant one.</summary>
    public static CultureInfo Instance { get; } = Make();

    private static CultureInfo Make()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.DateTimeFormat.FirstDayOfWeek = DayOfWeek.Monday;
        culture.DateTimeFormat.YearMonthPattern = "MMMM yyyy";
        return CultureInfo.ReadOnly(culture);
    }
}
