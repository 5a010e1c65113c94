using System.ComponentModel.DataAnnotations;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>Configures the acquirer for production cards (section <c>Acquirer</c>; docs/acquirer.md).</summary>
public sealed class AcquirerOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Acquirer";

    /// <summary>
    /// The base address of the acquirer, such as <c>https://acquirer.example/v1</c>. If empty, there is no acquirer,
    /// and production cards are stored without being authorized.
    /// </summary>
    public string Address { get; set; } = "";

    /// <summary>The file that holds the API key for the acquirer; an absolute path once the host has resolved it.</summary>
    public string ApiKeyFile { get; set; } = "";

    /// <summary>The time limit of one call: connecting, connecting again, the answer, and asking what became of the request. At most a minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0100000", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The time limit for opening a connection; at most <see cref="Timeout"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0100000", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);
}
