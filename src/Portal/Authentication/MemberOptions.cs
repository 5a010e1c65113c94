using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>Settings for members (section <c>Members</c>).</summary>
public sealed class MemberOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Members";

    /// <summary>The longest that a session may be idle (PCI DSS 8.2.8).</summary>
    public static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(15);

    /// <summary>How long a session lasts without input: from 5 seconds to <see cref="LongestIdle"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:15:00")]
    public TimeSpan IdleTimeout { get; set; } = LongestIdle;

    /// <summary>The passwords and codes per minute that all members together may try from one address. From 1 to a million.</summary>
    [Range(1, 1_000_000)]
    public int TriesPerMinutePerAddress { get; set; } = 60;
}
