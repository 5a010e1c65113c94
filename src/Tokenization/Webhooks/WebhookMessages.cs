using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Dojo.Pci.Tokenization.Webhooks;

/// <summary>
/// What is sent of an event: Dojo's envelope (dojo-domain.md §7.3) around ids and statuses, and nothing that anybody wrote. Receivers read the rest by
/// the API. The body is written once, when the event becomes a delivery, and is the same in every attempt.
/// </summary>
internal static class WebhookMessages
{
    private const int IdLength = 16;

    // A question to the system's source of randomness costs more than an id of it.
    private const int IdsAtOnce = 64;

    private static readonly JsonBuffer s_buffer = new();

    [ThreadStatic]
    private static byte[]? t_random;

    [ThreadStatic]
    private static int t_used;

    /// <summary>A new event's id: <c>evt_</c> and 128 random bits. The same for all who hear of the event.</summary>
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

    /// <summary>The name of the event in a body that was written here.</summary>
    public static string NameIn(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("event").GetString()!;
    }

    /// <summary>The body, in UTF-8.</summary>
    /// <param name="id">The event.</param>
    /// <param name="name">Its name, of <see cref="WebhookEvents"/>.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="at">When it happened, by the clock of the tenant.</param>
    /// <param name="data">What it is about.</param>
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
