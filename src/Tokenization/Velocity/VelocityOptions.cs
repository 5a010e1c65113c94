using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Tokenization.Velocity;

/// <summary>Settings of the rules that detect card testing (section <c>Velocity</c>; docs/adr/0018-fair-shares-and-velocity.md).</summary>
public sealed class VelocityOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Velocity";

    /// <summary>Whether the rules apply.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The window in which numbers are counted, from a minute to a day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The rules for production.</summary>
    public VelocityLimits Production { get; set; } = new()
    {
        NumbersPerKey = 2000,
        NumbersPerLocation = 4000,
        NumbersOfOneBinPerKey = 100,
        NumbersOfOneBinPerLocation = 200,
        DeclinedFrom = 50,
    };

    /// <summary>The rules for sandboxes: none by default, because sandboxes accept only published test cards. They can be set to try them out.</summary>
    public VelocityLimits Sandbox { get; set; } = new();
}

/// <summary>The rules of one environment. A limit of 0 switches its rule off.</summary>
public sealed class VelocityLimits
{
    /// <summary>The largest limit. The memory for each key grows with the limits.</summary>
    public const int Largest = 100_000;

    /// <summary>The most different card numbers that a key may send within the window.</summary>
    [Range(0, Largest)]
    public int NumbersPerKey { get; set; }

    /// <summary>The most different card numbers that all keys of a location together may send within the window.</summary>
    [Range(0, Largest)]
    public int NumbersPerLocation { get; set; }

    /// <summary>
    /// The most different card numbers of one BIN (the first six digits) that a key may send within the window, if they are a large part of all its numbers.
    /// </summary>
    [Range(0, Largest)]
    public int NumbersOfOneBinPerKey { get; set; }

    /// <summary>The same limit for all keys of a location together.</summary>
    [Range(0, Largest)]
    public int NumbersOfOneBinPerLocation { get; set; }

    /// <summary>The percentage of all different numbers from which those of one BIN are a large part.</summary>
    [Range(1, 100)]
    public int OneBinPercent { get; set; } = 25;

    /// <summary>The number of different numbers from which the rule for declined ones applies.</summary>
    [Range(0, Largest)]
    public int DeclinedFrom { get; set; }

    /// <summary>The largest percentage of the different numbers that may be declined.</summary>
    [Range(1, 100)]
    public int DeclinedPercent { get; set; } = 50;

    /// <summary>The limits of a key.</summary>
    internal CardLimits OfKey => new(NumbersPerKey, NumbersOfOneBinPerKey, OneBinPercent, DeclinedFrom, DeclinedPercent);

    /// <summary>The limits of a location.</summary>
    internal CardLimits OfLocation => new(NumbersPerLocation, NumbersOfOneBinPerLocation, OneBinPercent, DeclinedFrom, DeclinedPercent);
}

/// <summary>The limits of one key or one location. A limit of 0 is switched off.</summary>
internal sealed record CardLimits(int Numbers, int NumbersOfOneBin, int OneBinPercent, int DeclinedFrom, int DeclinedPercent)
{
    public bool IsOff => (Numbers, NumbersOfOneBin, DeclinedFrom) == (0, 0, 0);
}

/// <summary>A rule that detects card testing.</summary>
internal enum VelocityRule
{
    /// <summary>Too many different numbers.</summary>
    Numbers,

    /// <summary>Too many different numbers of one BIN.</summary>
    OneBin,

    /// <summary>Too many of the numbers were declined.</summary>
    Declined,
}
