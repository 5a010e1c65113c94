using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Portal.Security;

/// <summary>Settings of what the process holds for callers at a time (section <c>Limits</c>).</summary>
public sealed class LimitOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Limits";

    /// <summary>Least of each limit.</summary>
    public const int Least = 10;

    /// <summary>Most of each limit.</summary>
    public const int Most = 1_000_000;

    /// <summary>
    /// Circuits of pages that strangers share, and as many again that members share. While one has more than its part, others may bring it to twice as many.
    /// </summary>
    [Range(Least, Most)]
    public int Circuits { get; set; } = 1000;

    /// <summary>Circuits of one address, or of one member. An office behind one address has more than one person, each with a few pages.</summary>
    [Range(Least, Most)]
    public int CircuitsPerCaller { get; set; } = 100;

    /// <summary>Connections that addresses share, also those that have sent nothing yet.</summary>
    [Range(Least, Most)]
    public int Connections { get; set; } = 10_000;
}
