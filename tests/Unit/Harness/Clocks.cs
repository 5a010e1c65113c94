using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>Clocks that stand still until a test moves them, including their timers.</summary>
internal static class Clocks
{
    /// <summary>Their start: a working day of the year in which the test cards are valid.</summary>
    public static readonly DateTimeOffset Start = new(2026, 6, 15, 9, 30, 0, TimeSpan.Zero);

    public static FakeTimeProvider New() => new(Start);
}
