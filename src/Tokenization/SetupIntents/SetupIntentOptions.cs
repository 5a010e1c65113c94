using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>Settings of setup intents (section <c>SetupIntents</c>).</summary>
public sealed class SetupIntentOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "SetupIntents";

    /// <summary>
    /// The lifetime of a setup intent that is created without <c>expireAt</c> and is not authorized. This is our own rule: Dojo shows
    /// none. 30 days by default; from a minute to ten years.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan DefaultLifetime { get; set; } = TimeSpan.FromDays(30);
}
