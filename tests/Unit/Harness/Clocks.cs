using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>Clocks that stand still until they are told to go on, timers included.</summary>
internal static class Clocks
{
    /// <summary>When they begin: a working day of the year in which the test cards are good.</summary>
    public static readonly DateTimeOffset Start = new(2026, 6, 15, 9, 30, 0, TimeSpan.Zero);

    public static FakeTimeProvider New() => new(Start);
}
