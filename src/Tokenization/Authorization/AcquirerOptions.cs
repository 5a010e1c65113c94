using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>Whom production asks about cards (section <c>Acquirer</c>; docs/acquirer.md).</summary>
public sealed class AcquirerOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Acquirer";

    /// <summary>
    /// The address below which the acquirer answers, such as <c>https://acquirer.example/v1</c>. Empty: there is no acquirer,
    /// and production cards are kept without having been authorized.
    /// </summary>
    public string Address { get; set; } = "";

    /// <summary>The file that holds the key to show to the acquirer; an absolute path once the host has resolved it.</summary>
    public string ApiKeyFile { get; set; } = "";

    /// <summary>How long one call may take altogether: connecting, its repetition, the answer, and asking what became of it. At most a minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0100000", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may take to come about; at most <see cref="Timeout"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0100000", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);
}
