using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Tokenization.Sandbox;

/// <summary>Settings of sandboxes (section <c>Sandbox</c>).</summary>
public sealed class SandboxOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Sandbox";

    /// <summary>The longest lifetime of a throwaway sandbox, from a minute to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan LongestLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How many throwaway sandboxes an account may have at a time, from 1 to 1,000.</summary>
    [Range(1, 1000)]
    public int ThrowawaysPerAccount { get; set; } = 50;
}
