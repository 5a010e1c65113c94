namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>Settings of setup intents (section <c>SetupIntents</c>).</summary>
public sealed class SetupIntentOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "SetupIntents";

    /// <summary>
    /// How long a setup intent lives that is created without <c>expireAt</c> and is not authorized. A rule of ours: Dojo shows
    /// none. 30 days by default.
    /// </summary>
    public TimeSpan DefaultLifetime { get; set; } = TimeSpan.FromDays(30);
}
