using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// Writes the bodies of events: Dojo's envelope (dojo-domain.md §7.3) around ids and statuses, and no text that a person wrote. Receivers read the rest
/// through the API. A body is written once, when the event becomes a delivery, and is the same in every attempt.
/// </summary>
internal static class WebhookMessages
{
    private const int IdLength = 16;

    // A call to the system's random number generator costs more than making an id, so one call serves this many.
    private const int IdsAtOnce = 64;

    private static readonly JsonBuffer s_buffer = new();

    [ThreadStatic]
    private static byte[]? t_random;

    [ThreadStatic]
    private static int t_used;

    /// <summary>Returns a new event id: <c>evt_</c> and 128 random bits. All subscribers to an event get the same id.</summary>
    public static string NewId()
    {
        if (t_random is not { } random || t_used == random.Length)
        {
            t_random = random = RandomNumberGenerator.GetBytes(IdLength * IdsAtOnce);
            t_used = 0;
        }

        t_used += IdLength;
        return $"evt_{Base64Url.EncodeToString(random.AsSpan(t_used - IdLength, IdLength))}";
    }

    /// <summary>Reads the name of the event from a body that <see cref="Write"/> made.</summary>
    public static string NameIn(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("event").GetString()!;
    }

    /// <summary>Writes a body in UTF-8.</summary>
    /// <param name="id">The event's id.</param>
    /// <param name="name">The event's name, one of <see cref="WebhookEvents"/>.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="at">When the event happened, by the tenant's clock.</param>
    /// <param name="data">The ids and statuses that the event is about.</param>
    public static byte[] Write(string id, string name, string accountId, DateTimeOffset at, params ReadOnlySpan<(string Name, string Value)> data)
    {
        var json = s_buffer.Begin();
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("event", name);
        json.WriteString("accountId", accountId);
        json.WriteString("createdAt", at.UtcDateTime);
        json.WriteStartObject("data");
        foreach (var (member, value) in data)
        {
            json.WriteString(member, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        return s_buffer.End().ToArray();
    }
}
