using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>Settings of the members' side (section <c>Members</c>).</summary>
public sealed class MemberOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Members";

    /// <summary>The longest that a session may be left alone (PCI DSS 8.2.8).</summary>
    public static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(15);

    /// <summary>After how long without input a session ends: from 5 seconds to <see cref="LongestIdle"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:15:00")]
    public TimeSpan IdleTimeout { get; set; } = LongestIdle;

    /// <summary>How many passwords and codes may be tried in a minute from one address, by all members together. From 1 to a million.</summary>
    [Range(1, 1_000_000)]
    public int TriesPerMinutePerAddress { get; set; } = 60;
}
