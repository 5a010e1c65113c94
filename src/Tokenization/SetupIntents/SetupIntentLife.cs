using System.Collections.Frozen;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>A trigger that moves a setup intent from one status to another.</summary>
public enum SetupIntentTrigger
{
    /// <summary>The issuer authorized the card.</summary>
    Authorize,

    /// <summary>A caller deleted the setup intent before it was authorized.</summary>
    Cancel,

    /// <summary>A caller deleted the setup intent after it was authorized.</summary>
    Close,

    /// <summary>The card was charged.</summary>
    Charge,

    /// <summary>The <c>expireAt</c> of the setup intent has passed.</summary>
    Expire,

    /// <summary>The card's last month has ended.</summary>
    ExpireCard,
}

/// <summary>
/// The transition table of setup intents. A status changes only by this table: only <see cref="Move"/> makes a
/// <see cref="Transition"/>, and the store changes a status only by one.
/// </summary>
internal static class SetupIntentLife
{
    private static readonly FrozenDictionary<(SetupIntentStatus From, SetupIntentTrigger Trigger), (SetupIntentStatus To, SetupIntentEventType Event)> s_table =
        new Dictionary<(SetupIntentStatus, SetupIntentTrigger), (SetupIntentStatus, SetupIntentEventType)>
        {
            [(SetupIntentStatus.Created, SetupIntentTrigger.Authorize)] = (SetupIntentStatus.Authorized, SetupIntentEventType.Authorized),
            [(SetupIntentStatus.Created, SetupIntentTrigger.Cancel)] = (SetupIntentStatus.Canceled, SetupIntentEventType.Canceled),
            [(SetupIntentStatus.Created, SetupIntentTrigger.Expire)] = (SetupIntentStatus.Expired, SetupIntentEventType.Expired),
            [(SetupIntentStatus.Created, SetupIntentTrigger.ExpireCard)] = (SetupIntentStatus.CardExpired, SetupIntentEventType.CardExpired),
            [(SetupIntentStatus.Authorized, SetupIntentTrigger.Close)] = (SetupIntentStatus.Closed, SetupIntentEventType.Closed),
            [(SetupIntentStatus.Authorized, SetupIntentTrigger.Charge)] = (SetupIntentStatus.Completed, SetupIntentEventType.Completed),
            [(SetupIntentStatus.Authorized, SetupIntentTrigger.ExpireCard)] = (SetupIntentStatus.CardExpired, SetupIntentEventType.CardExpired),
        }.ToFrozenDictionary();

    /// <summary>Whether a trigger can move a setup intent out of a status.</summary>
    public static bool Allows(SetupIntentStatus from, SetupIntentTrigger trigger) => s_table.ContainsKey((from, trigger));

    /// <summary>Returns the transition that a trigger makes from the setup intent's status; null when the trigger does not apply.</summary>
    public static Transition? Move(
        StoredSetupIntent intent,
        SetupIntentTrigger trigger,
        DateTimeOffset at,
        string actor,
        string cause,
        string? transactionId = null,
        string? authCode = null) =>
        s_table.TryGetValue((intent.Status, trigger), out var move)
            ? new Transition(intent, trigger, move.To, new SetupIntentEvent(move.Event, at, actor, cause, transactionId, authCode))
            : null;

    /// <summary>A step in the table, to be stored with its event in one transaction.</summary>
    internal sealed class Transition
    {
        private readonly SetupIntentStatus _to;

        internal Transition(StoredSetupIntent from, SetupIntentTrigger trigger, SetupIntentStatus to, SetupIntentEvent entry)
        {
            From = from;
            IsByTime = trigger is SetupIntentTrigger.Expire or SetupIntentTrigger.ExpireCard;
            _to = to;
            Event = entry;
        }

        /// <summary>The setup intent as it was read. The store refuses the transition when its status is no longer the same.</summary>
        public StoredSetupIntent From { get; }

        /// <summary>Whether the passing of time alone causes it. Such a transition ends a setup intent, and nobody gains by it.</summary>
        public bool IsByTime { get; }

        /// <summary>The event that records the transition.</summary>
        public SetupIntentEvent Event { get; }

        /// <summary>Returns the setup intent after the transition, with the time of its next due work.</summary>
        public StoredSetupIntent To(TimeSpan retention)
        {
            var moved = From with { Status = _to, UpdatedAt = Event.At };
            return DueWork.DestroysCardAtOnce(_to, retention) ? moved.WithoutCardData() : moved.WithDueAt(retention);
        }
    }
}
