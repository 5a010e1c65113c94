using System.Text;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Seeding;

/// <summary>
/// Makes the tokens of a plan: cards are sealed and fingerprinted like any other, and statuses move along <see cref="SetupIntentLife"/> and
/// <see cref="PaymentIntentLife"/>, each at its time. It does not ask the issuer: the plan sets the answers, which faults of the sandbox would change.
/// </summary>
internal sealed class SeedMaker(
    CardCipher cipher, CardFingerprinter fingerprinter, IdentifierCipher identifiers, SetupIntentIds ids, PaymentIntentIds paymentIds, LocationDirectory locations)
{
    private const string Currency = "GBP";
    private const string Terms = "The card is charged with the price of the booking where the guest does not come.";

    private static readonly TimeSpan s_issuerTakes = TimeSpan.FromMilliseconds(180);
    private static readonly TimeSpan s_paymentWaits = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_paymentLives = TimeSpan.FromDays(30);

    // Longer than the span of the data set, so that authorized amounts are still held when it is requested.
    private static readonly TimeSpan s_timeToCapture = SeedLimits.Span + TimeSpan.FromDays(5);

    /// <summary>Makes the next tokens of a run, at most <paramref name="atMost"/>.</summary>
    public async Task<IReadOnlyList<SeededToken>> MakeAsync(StoredSeedRun run, int atMost, CancellationToken ct)
    {
        var (wish, done) = (run.Run.Wish, run.Run.Done);
        var count = Math.Min(atMost, wish.Size - done);
        var first = ids.Next(count);
        var retention = (await locations.GetAsync(run.Tenant, ct)).Retention;
        var made = new List<SeededToken>(count);
        for (var at = 0; at < count; at++)
        {
            var place = done + at;
            made.Add(await MakeAsync(run, SeedPlan.At(wish, place), first + at, retention, place >= wish.Size - SeedLimits.AnnouncedTokens, ct));
        }

        return made;
    }

    private async Task<SeededToken> MakeAsync(StoredSeedRun run, PlannedToken planned, long recordId, TimeSpan retention, bool isAnnounced, CancellationToken ct)
    {
        var createdAt = run.BaseAt - planned.Age;
        var answeredAt = UnixTime.Truncate(createdAt + Least(s_issuerTakes, planned.ChangedAfter / 2));
        var changedAt = UnixTime.Truncate(createdAt + planned.ChangedAfter);
        var transactionId = identifiers.ToGuid(run.Tenant.Environment, IdentifierKind.Authorization, recordId).ToString();
        var expireAt = planned.Status == SetupIntentStatus.Expired ? changedAt : run.BaseAt + planned.ExpiresIn;
        var isOrdinary = planned.Card is null;
        var made = new StoredSetupIntent(
            recordId,
            run.Tenant,
            SetupIntentStatus.Created,
            createdAt,
            createdAt,
            planned.Reference,
            Description: null,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["channel"] = planned.Channel },
            await CardOfAsync(run.Tenant, planned, createdAt, recordId, ct))
        {
            Mandate = new Mandate(TransactionTypes.Unscheduled, isOrdinary ? Terms : null, new Money(planned.Amount, Currency), null),
            ClientSecret = isOrdinary ? new ClientSecretState(Generation: 0, ClientSecrets.ExpiryFrom(createdAt)) : null,
            ExpireAt = isOrdinary || planned.Status == SetupIntentStatus.Created ? expireAt : null,
        };

        var history = new History(made.WithDueAt(retention), retention, new SetupIntentEvent(SetupIntentEventType.Created, createdAt, run.Actor, "created on request"));
        switch (planned.Status)
        {
            case SetupIntentStatus.Created when planned.Card is not null:
                history.Note(new(SetupIntentEventType.Declined, answeredAt, Actors.Issuer, "the issuer declined", transactionId));
                break;
            case SetupIntentStatus.CardExpired:
                history.Move(SetupIntentTrigger.ExpireCard, createdAt, Actors.Vault, "the card was expired when it was sent");
                break;
            case SetupIntentStatus.Authorized or SetupIntentStatus.Completed or SetupIntentStatus.Closed:
                history.Move(SetupIntentTrigger.Authorize, answeredAt, Actors.Issuer, "the issuer approved", transactionId, planned.AuthCode);
                break;
        }

        var first = history.Now;
        var payment = planned.Payment is { } status ? PaymentOf(run, planned, recordId, status, changedAt) : null;
        switch (planned.Status)
        {
            case SetupIntentStatus.Completed:
                history.Move(SetupIntentTrigger.Charge, changedAt, Actors.Issuer, "its card was charged", payment!.Intent.TransactionId, planned.AuthCode);
                break;
            case SetupIntentStatus.Closed:
                history.Move(SetupIntentTrigger.Close, changedAt, run.Actor, "deleted on request");
                break;
            case SetupIntentStatus.Canceled:
                history.Move(SetupIntentTrigger.Cancel, changedAt, run.Actor, "deleted on request");
                break;
            case SetupIntentStatus.Expired:
                history.Move(SetupIntentTrigger.Expire, changedAt, Actors.Vault, "expireAt has passed");
                break;
        }

        return new SeededToken(first, history.Now, history.Events, payment, isAnnounced);
    }

    /// <summary>Makes the card of a token. Its number is kept only if the card may be charged later, as for any token (PCI DSS 3.2.1).</summary>
    private async Task<StoredCard?> CardOfAsync(Tenant tenant, PlannedToken planned, DateTimeOffset createdAt, long recordId, CancellationToken ct)
    {
        if (planned.Card is not { } test)
        {
            return null;
        }

        var last = new DateTimeOffset(createdAt.Year, createdAt.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(planned.MonthsToExpiry);
        if (!CardNumber.TryCreate(Encoding.ASCII.GetBytes(test.Number), out var number))
        {
            throw new InvalidOperationException("A published test card is no card number.");
        }

        using var card = new CardDetails(number, new CardExpiry(last.Year, last.Month));
        var isKept = planned.Status is SetupIntentStatus.Authorized or SetupIntentStatus.Completed or SetupIntentStatus.Closed;
        return new StoredCard(
            number.Masked, number.Scheme, card.Expiry, fingerprinter.Of(number, tenant), isKept ? await cipher.SealAsync(card, tenant, recordId, ct) : null);
    }

    private SeededPayment PaymentOf(StoredSeedRun run, PlannedToken planned, long token, PaymentIntentStatus status, DateTimeOffset changedAt)
    {
        var createdAt = UnixTime.Truncate(changedAt - Least(s_paymentWaits, planned.ChangedAfter / 4));
        var endedAt = UnixTime.Truncate(changedAt + ((planned.Age - planned.ChangedAfter) / 2));
        var isManual = status is PaymentIntentStatus.Authorized or PaymentIntentStatus.Reversed;
        var amount = planned.Amount;
        var created = new StoredPaymentIntent(
            paymentIds.Next(), run.Tenant, token, PaymentIntentStatus.Created, new Money(amount, Currency), planned.Reference, Metadata: null, DetailsJson: null, createdAt, createdAt,
            createdAt + s_paymentLives, Attempt: null)
        {
            CaptureMode = isManual ? CaptureMode.Manual : CaptureMode.Auto,
            AutoExpireIn = isManual ? s_timeToCapture : null,
        };
        List<PaymentIntentEvent> events = [new(PaymentIntentEventType.Created, createdAt, run.Actor, "created on request")];
        List<(PaymentIntentStatus, DateTimeOffset)> moves = [];
        if (status == PaymentIntentStatus.Created)
        {
            return new SeededPayment(created, events, moves, Settlement: null);
        }

        if (status == PaymentIntentStatus.Canceled)
        {
            events.Add(new(PaymentIntentEventType.Canceled, changedAt, run.Actor, "deleted on request"));
            moves.Add((Move(PaymentIntentStatus.Created, PaymentIntentTrigger.Cancel), changedAt));
            return new SeededPayment(created with { Status = moves[^1].Item1, UpdatedAt = changedAt }, events, moves, Settlement: null);
        }

        var charged = created with
        {
            Status = Move(PaymentIntentStatus.Created, isManual ? PaymentIntentTrigger.Authorize : PaymentIntentTrigger.Charge),
            UpdatedAt = changedAt,
            TransactionId = TransactionIds.New(),
            AuthorizedAmount = amount,
            CapturedAmount = isManual ? 0 : amount,
            SettleAt = isManual ? changedAt + s_timeToCapture : null,
        };
        events.Add(new(
            isManual ? PaymentIntentEventType.Authorized : PaymentIntentEventType.Captured, changedAt, Actors.Issuer, "the issuer approved", charged.TransactionId, planned.AuthCode, amount));
        moves.Add((charged.Status, changedAt));
        if (charged.Status == status)
        {
            return new SeededPayment(charged, events, moves, Settlement: null);
        }

        var isRefund = status == PaymentIntentStatus.Refunded;
        var settlement = new StoredSettlement(
            paymentIds.Next(), charged.RecordId, isRefund ? SettlementKind.Refund : SettlementKind.Reversal, SettlementStatus.Successful, amount, TipsAmount: 0, TransactionIds.New(), run.Actor,
            KeyHash: null, isRefund ? "The guest did not come" : null, Notes: null, endedAt, Until: null);
        events.Add(new(
            isRefund ? PaymentIntentEventType.Refunded : PaymentIntentEventType.Reversed, endedAt, run.Actor, isRefund ? "the refund was done" : "the reversal was done", settlement.TransactionId,
            Amount: amount));
        moves.Add((Move(charged.Status, PaymentIntentLife.TriggerOf(settlement.Kind, charged, amount)), endedAt));
        return new SeededPayment(
            charged with { Status = moves[^1].Item1, UpdatedAt = endedAt, RefundedAmount = isRefund ? amount : 0 }, events, moves, settlement);
    }

    private static PaymentIntentStatus Move(PaymentIntentStatus from, PaymentIntentTrigger trigger) =>
        PaymentIntentLife.Move(from, trigger) ?? throw new InvalidOperationException($"A payment that is {from} cannot {trigger}.");

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>Moves a token through its statuses and collects its events.</summary>
    private sealed class History(StoredSetupIntent made, TimeSpan retention, SetupIntentEvent creation)
    {
        private readonly List<SetupIntentEvent> _events = [creation];

        public StoredSetupIntent Now { get; private set; } = made;

        public IReadOnlyList<SetupIntentEvent> Events => _events;

        // Adds an event that does not change the status.
        public void Note(SetupIntentEvent entry)
        {
            _events.Add(entry);
            Now = Now with { UpdatedAt = entry.At };
        }

        public void Move(SetupIntentTrigger trigger, DateTimeOffset at, string actor, string cause, string? transactionId = null, string? authCode = null)
        {
            var transition = SetupIntentLife.Move(Now, trigger, at, actor, cause, transactionId, authCode)
                ?? throw new InvalidOperationException($"A token that is {Now.Status} cannot {trigger}.");
            _events.Add(transition.Event);
            Now = transition.To(retention);
        }
    }
}
