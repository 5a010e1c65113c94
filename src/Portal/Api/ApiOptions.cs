using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Portal.Api;

/// <summary>Settings of the API (section <c>Api</c>).</summary>
public sealed class ApiOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Api";

    /// <summary>How many requests a second each API key may make, over time; twice as many in a burst. From 1 to a million.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerSecondPerKey { get; set; } = 10_000;

    /// <summary>How many different API keys that are not good one address may try in ten minutes: that many are remembered of each address. From 1 to 1,000.</summary>
    [Range(1, 1000)]
    public int UnknownKeysPerAddress { get; set; } = 20;

    /// <summary>How many requests a second each address may make to the operations that need no key. From 1 to a million.</summary>
    [Range(1, 1_000_000)]
    public int PublicRequestsPerSecondPerAddress { get; set; } = 10;

    /// <summary>
    /// A file with the public keys of a secret scanner, as GitHub publishes them; empty for none. With it, <c>POST /leaked-keys</c> takes reports.
    /// </summary>
    public string ScannerKeysFile { get; set; } = "";
}
