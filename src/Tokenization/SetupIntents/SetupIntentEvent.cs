namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>What happened to a setup intent. Stored by name.</summary>
public enum SetupIntentEventType
{
    /// <summary>It was created.</summary>
    Created,

    /// <summary>The issuer authorized the card.</summary>
    Authorized,

    /// <summary>The issuer declined the card.</summary>
    Declined,

    /// <summary>The card was found to be past its last month.</summary>
    CardExpired,

    /// <summary>It was deleted before it was authorized.</summary>
    Canceled,

    /// <summary>It was deleted after it was authorized.</summary>
    Closed,

    /// <summary>Its lifetime ran out.</summary>
    Expired,

    /// <summary>Its card was charged.</summary>
    Completed,

    /// <summary>Its card data was destroyed.</summary>
    CardDataDestroyed,

    /// <summary>The issuer's side was asked, and its answer is not known.</summary>
    AuthorizationUnknown,
}

/// <summary>One entry of a setup intent's history, written in the transaction that made it true.</summary>
/// <param name="Type">What happened.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who or what did it: <c>key:12</c>, <c>issuer</c>, <c>vault</c>.</param>
/// <param name="Cause">Why, in a few words.</param>
/// <param name="TransactionId">The issuer's name for the attempt, where there was one.</param>
/// <param name="AuthCode">The issuer's approval code, where it approved.</param>
public sealed record SetupIntentEvent(
    SetupIntentEventType Type,
    DateTimeOffset At,
    string Actor,
    string Cause,
    string? TransactionId = null,
    string? AuthCode = null);
