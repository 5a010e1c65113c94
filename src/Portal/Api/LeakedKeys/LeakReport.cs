using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Portal.Api.LeakedKeys;

/// <summary>A text that a scanner found and takes for an API key of ours. The text is never kept, only its hash.</summary>
/// <param name="Hash">The SHA-256 of the text.</param>
/// <param name="IsWellFormed">Whether the text has the form and the checksum of a key.</param>
/// <param name="Type">The scanner's name for the kind of secret.</param>
/// <param name="Place">Where the scanner found it.</param>
internal sealed record LeakReport(byte[] Hash, bool IsWellFormed, string Type, LeakPlace Place)
{
    /// <summary>Reads a body: an array of objects with <c>token</c>, <c>type</c>, <c>url</c> and <c>source</c>. Other properties are skipped.</summary>
    /// <exception cref="JsonException">The body is not such an array.</exception>
    public static List<LeakReport> ReadAll(ReadOnlySpan<byte> utf8)
    {
        var reports = new List<LeakReport>();
        var reader = new Utf8JsonReader(utf8);
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reports.Add(Read(ref reader));
        }

        Expect(!reader.Read());
        return reports;
    }

    private static LeakReport Read(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject);
        (byte[]? Hash, bool IsWellFormed) found = default;
        var (type, address, source) = ("", "", "");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isToken = reader.ValueTextEquals("token"u8);
            var property = isToken ? "" : reader.GetString();
            reader.Read();
            if (isToken)
            {
                found = Recognise(ref reader);
            }
            else if (property is "type" or "url" or "source")
            {
                var text = reader.TokenType == JsonTokenType.Null ? "" : reader.GetString()!;
                (type, address, source) = (property == "type" ? text : type, property == "url" ? text : address, property == "source" ? text : source);
            }
            else
            {
                reader.Skip();
            }
        }

        Expect(found.Hash is not null);
        return new LeakReport(found.Hash!, found.IsWellFormed, type, new LeakPlace(address, source));
    }

    private static (byte[] Hash, bool IsWellFormed) Recognise(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.String);
        var utf8 = new byte[reader.ValueSpan.Length];
        var chars = new char[reader.ValueSpan.Length];
        try
        {
            var bytes = reader.CopyString(utf8);
            var length = Encoding.UTF8.GetChars(utf8.AsSpan(0, bytes), chars);
            return (SHA256.HashData(utf8.AsSpan(0, bytes)), ApiKeySecret.IsWellFormed(chars.AsSpan(0, length)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(utf8);
            Array.Clear(chars);
        }
    }

    private static void Expect(bool isSo)
    {
        if (!isSo)
        {
            throw new JsonException();
        }
    }
}

/// <summary>The verdict on a report, in GitHub's format. Its hash identifies the token, so that the answer holds no secret.</summary>
/// <param name="TokenHash">The SHA-256 of the reported text, in hexadecimal digits.</param>
/// <param name="TokenType">The scanner's name for the kind of secret.</param>
/// <param name="Label"><c>true_positive</c> if the text has the form and the checksum of a key of ours, otherwise <c>false_positive</c>.</param>
internal sealed record LeakVerdict(string TokenHash, string TokenType, string Label)
{
    public static LeakVerdict Of(LeakReport report) =>
        new(Convert.ToHexStringLower(report.Hash), report.Type, report.IsWellFormed ? "true_positive" : "false_positive");
}

/// <summary>Where a scanner found a key. The values come from outside, so <see cref="ToString"/> checks them before it shows them.</summary>
/// <param name="Address">The page that shows the key; empty if the report names none.</param>
/// <param name="Source">The kind of text that holds the key, such as <c>commit</c> or <c>issue_title</c>.</param>
internal readonly record struct LeakPlace(string Address, string Source)
{
    private const int LongestAddress = 300;
    private const int LongestSource = 40;

    /// <summary>Describes the place for people: the web address, otherwise the kind of text, otherwise only that the place is public.</summary>
    public override string ToString() =>
        Address.Length <= LongestAddress && Uri.TryCreate(Address, UriKind.Absolute, out var found) && found.Scheme == Uri.UriSchemeHttps
            && !CardNumberDetector.ContainsCardNumber(Address) && !ApiKeyDetector.ContainsApiKey(Address) ? found.AbsoluteUri
        : Source.Length is > 0 and <= LongestSource && Source.All(letter => char.IsAsciiLetterLower(letter) || letter == '_') ? $"a public {Source.Replace('_', ' ')}"
        : "a public place";
}
