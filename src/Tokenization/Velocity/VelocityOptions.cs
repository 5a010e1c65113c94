using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Tokenization.Velocity;

/// <summary>Settings of the rules that notice card testing (section <c>Velocity</c>; docs/adr/0018-fair-shares-and-velocity.md).</summary>
public sealed class VelocityOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Velocity";

    /// <summary>Whether there are such rules at all.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The time in which numbers are counted, from a minute to a day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The rules of production.</summary>
    public VelocityLimits Production { get; set; } = new()
    {
        NumbersPerKey = 2000,
        NumbersPerLocation = 4000,
        NumbersOfOneBinPerKey = 100,
        NumbersOfOneBinPerLocation = 200,
        DeclinedFrom = 50,
    };

    /// <summary>The rules of the sandbox: none, unless set to be tried out. It takes no cards but those that are published for testing.</summary>
    public VelocityLimits Sandbox { get; set; } = new();
}

/// <summary>The rules of one environment. A limit of 0 switches its rule off.</summary>
public sealed class VelocityLimits
{
    /// <summary>Largest of the limits: how much memory a key takes grows with them.</summary>
    public const int Largest = 100_000;

    /// <summary>How many different card numbers a key may send within the window.</summary>
    [Range(0, Largest)]
    public int NumbersPerKey { get; set; }

    /// <summary>How many different card numbers all keys of a location may send together.</summary>
    [Range(0, Largest)]
    public int NumbersPerLocation { get; set; }

    /// <summary>How many different card numbers of one BIN (the first six digits) a key may send, where they are a large part of all its numbers.</summary>
    [Range(0, Largest)]
    public int NumbersOfOneBinPerKey { get; set; }

    /// <summary>The same for all keys of a location together.</summary>
    [Range(0, Largest)]
    public int NumbersOfOneBinPerLocation { get; set; }

    /// <summary>From which part of all different numbers on those of one BIN are a large part, in percent.</summary>
    [Range(1, 100)]
    public int OneBinPercent { get; set; } = 25;

    /// <summary>From how many different numbers on the declined ones among them count.</summary>
    [Range(0, Largest)]
    public int DeclinedFrom { get; set; }

    /// <summary>How many percent of the different numbers may be declined.</summary>
    [Range(1, 100)]
    public int DeclinedPercent { get; set; } = 50;

    /// <summary>What a key is held to.</summary>
    internal CardLimits OfKey => new(NumbersPerKey, NumbersOfOneBinPerKey, OneBinPercent, DeclinedFrom, DeclinedPercent);

    /// <summary>What a location is held to.</summary>
    internal CardLimits OfLocation => new(NumbersPerLocation, NumbersOfOneBinPerLocation, OneBinPercent, DeclinedFrom, DeclinedPercent);
}

/// <summary>What one key, or one location, is held to. A limit of 0 is none.</summary>
internal sealed record CardLimits(int Numbers, int NumbersOfOneBin, int OneBinPercent, int DeclinedFrom, int DeclinedPercent)
{
    public bool IsOff => (Numbers, NumbersOfOneBin, DeclinedFrom) == (0, 0, 0);
}

/// <summary>A rule that notices card testing.</summary>
internal enum VelocityRule
{
    /// <summary>Too many different numbers.</summary>
    Numbers,

    /// <summary>Too many different numbers of one BIN.</summary>
    OneBin,

    /// <summary>Too many of the numbers were declined.</summary>
    Declined,
}
