using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Portal.Api;

/// <summary>Settings of the API (section <c>Api</c>).</summary>
public sealed class ApiOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Api";

    /// <summary>The requests per second that each API key may make; bursts may be twice as large. From 1 to a million.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerSecondPerKey { get; set; } = 10_000;

    /// <summary>How many different invalid API keys one address may try in ten minutes; that many are remembered per address. From 1 to 1,000.</summary>
    [Range(1, 1000)]
    public int UnknownKeysPerAddress { get; set; } = 20;

    /// <summary>
    /// The requests per second that each address may make to the operations that need no key; bursts may be twice as large. From 1 to a million.
    /// </summary>
    [Range(1, 1_000_000)]
    public int PublicRequestsPerSecondPerAddress { get; set; } = 10;

    /// <summary>
    /// A file with the public keys of a secret scanner, in GitHub's format; empty for none. If it is set, <c>POST /leaked-keys</c> takes reports.
    /// </summary>
    public string ScannerKeysFile { get; set; } = "";
}
