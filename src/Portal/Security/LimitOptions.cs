using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Portal.Security;

/// <summary>Limits on the resources that the process holds for callers at the same time (section <c>Limits</c>).</summary>
public sealed class LimitOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Limits";

    /// <summary>The smallest value of each limit.</summary>
    public const int Least = 10;

    /// <summary>The largest value of each limit.</summary>
    public const int Most = 1_000_000;

    /// <summary>
    /// The number of circuits that strangers share; members share as many again. If one caller holds more than its part, others may raise the total
    /// to twice as many.
    /// </summary>
    [Range(Least, Most)]
    public int Circuits { get; set; } = 1000;

    /// <summary>The most circuits of one address, or of one member. Several people in an office may share an address, each with a few pages.</summary>
    [Range(Least, Most)]
    public int CircuitsPerCaller { get; set; } = 100;

    /// <summary>The number of connections that addresses share, including those that have sent nothing yet.</summary>
    [Range(Least, Most)]
    public int Connections { get; set; } = 10_000;
}
