using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>The body of a request that tokenizes a card; valid by default. Null omits a member.</summary>
public sealed record ACard
{
    public const string Approved = "5200000000001005";
    public const string Declined = "4456530000001013";

    public string? Number { get; init; } = Approved;

    public string? Expiry { get; init; } = "12/29";

    public string? Reference { get; init; } = "Booking 4711";

    public string? Description { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>A body without a card.</summary>
    public static ACard None { get; } = new() { Number = null, Expiry = null };

    public static IReadOnlyDictionary<string, string> Entries(params IEnumerable<(string Key, string Value)> entries) =>
        entries.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);

    public string ToJson()
    {
        var body = new JsonObject();
        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                body.Add(name, value);
            }
        }

        Add("cardNumber", Number);
        Add("expiryDate", Expiry);
        Add("reference", Reference);
        Add("description", Description);
        Add("metadata", Metadata is null ? null : new JsonObject(Metadata.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))));
        return body.ToJsonString();
    }
}

internal static class CardNumbers
{
    /// <summary>
    /// A Luhn-valid number that is on no list of test cards but has the prefix of a listed one, so that it is most unlikely to belong to anybody. It
    /// exists in memory only.
    /// </summary>
    public static string Unlisted()
    {
        while (true)
        {
            var digits = "4242424242" + Random.Shared.Next(100_000).ToString("00000", CultureInfo.InvariantCulture);
            var number = Enumerable.Range(0, 10).Select(check => $"{digits}{check}").Single(candidate => Luhn.IsValid(Encoding.ASCII.GetBytes(candidate)));
            if (TestCards.All.All(card => card.Number != number))
            {
                return number;
            }
        }
    }

    /// <summary>Replaces the check digit of a number with a wrong one.</summary>
    public static string Mistyped(string number) => $"{number[..^1]}{(number[^1] - '0' + 1) % 10}";

    public static string Grouped(string number, string separator) => string.Join(separator, number.Chunk(4).Select(group => new string(group)));

    public static string InDigits(string number, int zero) => string.Concat(number.Select(digit => char.ConvertFromUtf32(zero + digit - '0')));

    /// <summary>Escapes every character, as in a JSON string.</summary>
    public static string Escaped(string text) => string.Concat(text.Select(character => $"\\u{(int)character:x4}"));

    public static string Quote(string text) => JsonSerializer.Serialize(text);
}
