using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>Settings of webhooks (section <c>Webhooks</c>).</summary>
public sealed class WebhookOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Webhooks";

    /// <summary>Whether sandbox subscriptions may use <c>http://localhost</c>, on any port, for development. A production start refuses this setting.</summary>
    public bool AllowLocalhost { get; set; }

    /// <summary>The ports that targets may use, separated by commas.</summary>
    public string AllowedPorts { get; set; } = "443,8443";

    /// <summary>The most events in flight to one subscriber at a time, from 1 to 64.</summary>
    [Range(1, 64)]
    public int InFlightPerSubscription { get; set; } = 8;

    /// <summary>Whether a text is a valid list of ports.</summary>
    public static bool ArePorts(string list) => PortsIn(list) is not null;

    /// <summary>Parses a list of ports; null when it is invalid.</summary>
    internal static IReadOnlyList<int>? PortsIn(string list)
    {
        var ports = new List<int>();
        foreach (var part in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > IPEndPoint.MaxPort)
            {
                return null;
            }

            ports.Add(port);
        }

        return ports;
    }
}
