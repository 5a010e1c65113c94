namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>The type of an event in the history of a setup intent. Stored by name.</summary>
public enum SetupIntentEventType
{
    /// <summary>The setup intent was created.</summary>
    Created,

    /// <summary>The issuer authorized the card.</summary>
    Authorized,

    /// <summary>The issuer declined the card.</summary>
    Declined,

    /// <summary>The card was found to be past its last month.</summary>
    CardExpired,

    /// <summary>The setup intent was deleted before it was authorized.</summary>
    Canceled,

    /// <summary>The setup intent was deleted after it was authorized.</summary>
    Closed,

    /// <summary>The setup intent expired.</summary>
    Expired,

    /// <summary>The card was charged.</summary>
    Completed,

    /// <summary>The card data was destroyed.</summary>
    CardDataDestroyed,

    /// <summary>The issuer's side was asked, and its answer is not known.</summary>
    AuthorizationUnknown,
}

/// <summary>An event in a setup intent's history, written in the transaction of the change that it records.</summary>
/// <param name="Type">What happened.</param>
/// <param name="At">When it happened.</param>
/// <param name="Actor">Who or what caused it: <c>key:12</c>, <c>issuer</c>, <c>vault</c>.</param>
/// <param name="Cause">The cause, in a few words.</param>
/// <param name="TransactionId">The id of the attempt; null when there was none.</param>
/// <param name="AuthCode">The issuer's approval code; null unless it approved.</param>
public sealed record SetupIntentEvent(
    SetupIntentEventType Type,
    DateTimeOffset At,
    string Actor,
    string Cause,
    string? TransactionId = null,
    string? AuthCode = null);
