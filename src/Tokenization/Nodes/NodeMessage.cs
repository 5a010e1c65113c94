using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>What a message is about.</summary>
internal enum NodeTopic
{
    /// <summary>More has happened than was sent: anyone who follows something has to look.</summary>
    Missed,

    /// <summary>A token is new or has changed.</summary>
    Token,

    /// <summary>Requests of a tenant were stored.</summary>
    RequestLog,

    /// <summary>Something of a webhook subscription has changed, for those who look at it.</summary>
    Subscription,

    /// <summary>Something may wait for a webhook subscription.</summary>
    Delivery,

    /// <summary>A webhook subscription itself may have changed, its secrets included.</summary>
    SubscriptionChange,

    /// <summary>An API key has changed.</summary>
    ApiKey,

    /// <summary>A card number that a caller had not sent before.</summary>
    CardNumber,

    /// <summary>Such a number was declined.</summary>
    CardDeclined,
}

/// <summary>What a node tells the others of what it has committed. It holds ids and keyed fingerprints, and nothing that is secret.</summary>
internal sealed record NodeMessage(NodeTopic Topic)
{
    private static readonly JsonSerializerOptions s_json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>The account that it is about.</summary>
    public long Account { get; init; }

    /// <summary>The location.</summary>
    public long Location { get; init; }

    /// <summary>The environment, as it is stored.</summary>
    public int Environment { get; init; }

    /// <summary>The record id of the token or the subscription.</summary>
    public long Id { get; init; }

    /// <summary>Whether the token is new.</summary>
    public bool IsNew { get; init; }

    /// <summary>Who sent the card number.</summary>
    public string? Actor { get; init; }

    /// <summary>Its BIN.</summary>
    public int Bin { get; init; }

    /// <summary>Its keyed fingerprint, in Base64.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Many as one text.</summary>
    public static string Write(IEnumerable<NodeMessage> messages) => JsonSerializer.Serialize(messages, s_json);

    /// <summary>Reads what <see cref="Write"/> wrote; what a newer version wrote and this one does not know is left out.</summary>
    public static IEnumerable<NodeMessage> Read(string text) =>
        (JsonSerializer.Deserialize<List<NodeMessage>>(text, s_json) ?? []).Where(message => Enum.IsDefined(message.Topic));
}
