using System.Text;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>The head of a request to a receiver, as it is sent and stored. Each header has one value.</summary>
/// <param name="Url">The URL of the target.</param>
/// <param name="Headers">The headers, in the order in which they are sent.</param>
internal sealed record WebhookRequestHead(string Url, IReadOnlyList<(string Name, string Value)> Headers)
{
    public const string DojoSignature = "dojo-signature";
    public const string StandardId = "webhook-id";
    public const string StandardTimestamp = "webhook-timestamp";
    public const string StandardSignature = "webhook-signature";

    public const string ContentType = "content-type";

    private const string Method = "POST ";
    private const int UsualLength = 768;

    /// <summary>Parses a head that <see cref="ToString"/> wrote.</summary>
    public static WebhookRequestHead Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new WebhookRequestHead(
            lines.Length > 0 && lines[0].StartsWith(Method, StringComparison.Ordinal) ? lines[0][Method.Length..] : "",
            [.. lines.Skip(1).Select(line => line.Split(": ", 2)).Where(parts => parts.Length == 2).Select(parts => (parts[0], parts[1]))]);
    }

    /// <summary>Returns the value of a header; empty when there is none.</summary>
    public string ValueOf(string name) => Headers.FirstOrDefault(header => header.Name == name).Value ?? "";

    /// <summary>Returns the method and URL, then one header per line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Method, UsualLength).Append(Url).Append('\n');
        foreach (var (name, value) in Headers)
        {
            text.Append(name).Append(": ").Append(value).Append('\n');
        }

        return text.ToString();
    }
}
