using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>The topic of a message.</summary>
internal enum NodeTopic
{
    /// <summary>More has happened than was sent: every follower has to read the database.</summary>
    Missed,

    /// <summary>A token is new or has changed.</summary>
    Token,

    /// <summary>Requests of a tenant were stored.</summary>
    RequestLog,

    /// <summary>Something about a webhook subscription has changed that its viewers follow.</summary>
    Subscription,

    /// <summary>Deliveries may be waiting for a webhook subscription.</summary>
    Delivery,

    /// <summary>A webhook subscription itself may have changed, its secrets included.</summary>
    SubscriptionChange,

    /// <summary>An API key has changed.</summary>
    ApiKey,

    /// <summary>A caller has sent a card number for the first time.</summary>
    CardNumber,

    /// <summary>A card number that a caller had sent was declined.</summary>
    CardDeclined,
}

/// <summary>A message with which a node tells the others what it has committed. It holds ids and keyed fingerprints, and no secrets.</summary>
internal sealed record NodeMessage(NodeTopic Topic)
{
    private static readonly JsonSerializerOptions s_json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>The account that the message is about.</summary>
    public long Account { get; init; }

    /// <summary>The location.</summary>
    public long Location { get; init; }

    /// <summary>The environment, as it is stored.</summary>
    public int Environment { get; init; }

    /// <summary>The record id of the token or the subscription.</summary>
    public long Id { get; init; }

    /// <summary>Whether the token is new.</summary>
    public bool IsNew { get; init; }

    /// <summary>The actor that sent the card number.</summary>
    public string? Actor { get; init; }

    /// <summary>The BIN of the card number.</summary>
    public int Bin { get; init; }

    /// <summary>The keyed fingerprint of the card number, in Base64.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Writes messages as one JSON text.</summary>
    public static string Write(IEnumerable<NodeMessage> messages) => JsonSerializer.Serialize(messages, s_json);

    /// <summary>Reads what <see cref="Write"/> wrote, and skips messages with topics that only a newer version knows.</summary>
    public static IEnumerable<NodeMessage> Read(string text) =>
        (JsonSerializer.Deserialize<List<NodeMessage>>(text, s_json) ?? []).Where(message => Enum.IsDefined(message.Topic));
}
