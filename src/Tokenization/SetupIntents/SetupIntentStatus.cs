namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>The status of a setup intent: the seven of the seed, spelled as it spells them. Stored and sent by name.</summary>
public enum SetupIntentStatus
{
    /// <summary>It exists, and no card is authorized.</summary>
    Created,

    /// <summary>The issuer authorized the card.</summary>
    Authorized,

    /// <summary>It was deleted in the status <see cref="Created"/>.</summary>
    Canceled,

    /// <summary>The card was charged.</summary>
    Completed,

    /// <summary>It expired before it was authorized.</summary>
    Expired,

    /// <summary>The card is past its last month.</summary>
    CardExpired,

    /// <summary>It was deleted in the status <see cref="Authorized"/>.</summary>
    Closed,
}
