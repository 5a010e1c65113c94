namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>The seven statuses of the seed, spelled as it spells them. Stored and sent by name.</summary>
public enum SetupIntentStatus
{
    /// <summary>Exists; no card of it is authorized.</summary>
    Created,

    /// <summary>The issuer authorized the card.</summary>
    Authorized,

    /// <summary>Deleted while it was created.</summary>
    Canceled,

    /// <summary>The card was charged.</summary>
    Completed,

    /// <summary>Its lifetime ran out before it was authorized.</summary>
    Expired,

    /// <summary>The card is past its last month.</summary>
    CardExpired,

    /// <summary>Deleted while it was authorized.</summary>
    Closed,
}
