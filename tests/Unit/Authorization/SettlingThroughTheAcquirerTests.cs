using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Authorization;

namespace Dojo.Pci.Tests.Unit.Authorization;

/// <summary>Holds, captures, reversals and refunds at the acquirer: each takes effect once, however its answer is lost.</summary>
public sealed class SettlingThroughTheAcquirerTests : AcquirerTest
{
    public static TheoryData<SettlementKind, int> LostAnswers => [.. from kind in Kinds from behaviour in s_lost select (kind, (int)behaviour)];

    public static TheoryData<SettlementKind> AllKinds => [.. Kinds];

    private static readonly AcquirerBehaviour[] s_lost =
    [
        AcquirerBehaviour.DropAfterAccepting, AcquirerBehaviour.Nonsense, AcquirerBehaviour.ServerError, AcquirerBehaviour.HugeAnswer,
        AcquirerBehaviour.WrongTransactionId, AcquirerBehaviour.TwoOutcomes, AcquirerBehaviour.NoAuthCode, AcquirerBehaviour.Redirect,
    ];

    private static SettlementKind[] Kinds => Enum.GetValues<SettlementKind>();

    private IPaymentAcquirer Payments => field ??= PaymentAcquirerFor(Acquirer.Address);

    [Fact]
    public async Task A_hold_names_card_and_amount_and_is_no_charge()
    {
        (await Payments.HoldAsync(Production, Card, 1999, "GBP", Id, Ct)).ShouldBe(new AuthorizationOutcome.Approved(Id, ReferenceAcquirer.AuthCode));

        Acquirer.PathOf(Id).ShouldBe("/v1/holds");
        Acquirer.BodyOf(Id)!["amount"]!.ToJsonString().ShouldBe("""{"value":1999,"currencyCode":"GBP"}""");
        Acquirer.TimesCharged.ShouldBe(0);
        (await Authorizer.AskAsync(Production, Id, Ct)).ShouldBe(new AuthorizationOutcome.Approved(Id, ReferenceAcquirer.AuthCode));
    }

    [Theory]
    [InlineData(SettlementKind.Capture, "/v1/captures")]
    [InlineData(SettlementKind.Reversal, "/v1/reversals")]
    [InlineData(SettlementKind.Refund, "/v1/refunds")]
    public async Task An_order_names_the_earlier_transaction_and_no_card(SettlementKind kind, string path)
    {
        (await SettleAsync(kind)).ShouldBe(SettlementOutcome.Done);

        Acquirer.PathOf(Id).ShouldBe(path);
        Acquirer.BodyOf(Id)!.ToJsonString().ShouldBe($$$"""{"transactionId":"{{{Id}}}","originalTransactionId":"hold-1","amount":{"value":700,"currencyCode":"GBP"}}""");
        Log.Lines.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task A_repeated_order_acts_once(SettlementKind kind)
    {
        (await SettleAsync(kind)).ShouldBe(SettlementOutcome.Done);
        (await SettleAsync(kind)).ShouldBe(SettlementOutcome.Done);

        Acquirer.TimesActed(Id).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_lost_answer_is_asked_for_and_the_order_not_sent_again(SettlementKind kind, int behaviour)
    {
        Acquirer.Program(Id, (AcquirerBehaviour)behaviour);

        (await SettleAsync(kind)).ShouldBe(SettlementOutcome.Done);

        (Acquirer.TimesPosted(Id), Acquirer.TimesActed(Id)).ShouldBe((1, 1));
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task Without_any_answer_it_stays_unknown_until_asking_finds_out(SettlementKind kind, int behaviour)
    {
        Acquirer.Program(Id, (AcquirerBehaviour)behaviour, whenAsked: (AcquirerBehaviour)behaviour);
        (await SettleAsync(kind)).ShouldBe(SettlementOutcome.Unknown);
        (await AskAsync(kind)).ShouldBe(SettlementOutcome.Unknown);

        Acquirer.Program(Id, AcquirerBehaviour.Approve);
        (await AskAsync(kind)).ShouldBe(SettlementOutcome.Done);
        (Acquirer.TimesPosted(Id), Acquirer.TimesActed(Id)).ShouldBe((1, 1));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task Declined_refused_and_never_seen_are_told_apart(SettlementKind kind)
    {
        Acquirer.Program(Id, AcquirerBehaviour.Decline);
        (await SettleAsync(kind)).ShouldBe(SettlementOutcome.Declined);
        (await AskAsync(kind)).ShouldBe(SettlementOutcome.Declined);

        Acquirer.Program("refused", AcquirerBehaviour.Refuse);
        (await Payments.SettleAsync(Production, Order(kind) with { TransactionId = "refused" }, Ct)).ShouldBe(SettlementOutcome.NotAttempted);
        Acquirer.TimesActed("refused").ShouldBe(0);

        Acquirer.Program("lost", AcquirerBehaviour.DropBeforeReading);
        var lost = Order(kind) with { TransactionId = "lost" };
        (await Payments.SettleAsync(Production, lost, Ct)).ShouldBe(SettlementOutcome.Unknown, "it may still be on its way");
        (await Payments.AskAsync(Production, lost, Ct)).ShouldBe(SettlementOutcome.NotAttempted);
    }

    [Fact]
    public async Task What_is_said_of_a_card_is_no_answer_about_an_order_and_the_other_way_round()
    {
        await Payments.HoldAsync(Production, Card, 1999, "GBP", Id, Ct);
        (await AskAsync(SettlementKind.Refund)).ShouldBe(SettlementOutcome.Unknown);

        await Payments.SettleAsync(Production, Order(SettlementKind.Capture) with { TransactionId = "capture-1" }, Ct);
        (await Authorizer.AskAsync(Production, "capture-1", Ct)).ShouldBe(new AuthorizationOutcome.Unknown("capture-1"));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task An_acquirer_that_is_not_there_was_not_asked(SettlementKind kind) =>
        (await PaymentAcquirerFor("http://127.0.0.1:9/v1").SettleAsync(Production, Order(kind), Ct)).ShouldBe(SettlementOutcome.NotAttempted);

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task Without_an_acquirer_nobody_is_asked_and_nobody_can_say_what_became_of_it(SettlementKind kind)
    {
        var nobody = PaymentAcquirerFor("");

        (await nobody.SettleAsync(Production, Order(kind), Ct)).ShouldBe(SettlementOutcome.NotAttempted);
        (await nobody.AskAsync(Production, Order(kind), Ct)).ShouldBe(SettlementOutcome.Unknown);
        (await nobody.HoldAsync(Production, Card, 1, "GBP", Id, Ct)).ShouldBe(new AuthorizationOutcome.NotAttempted());
    }

    [Theory]
    [InlineData(700, SettlementOutcome.Done, SettlementOutcome.NotAttempted)]
    [InlineData(20_005, SettlementOutcome.Declined, SettlementOutcome.NotAttempted)]
    [InlineData(20_503, SettlementOutcome.NotAttempted, SettlementOutcome.NotAttempted)]
    [InlineData(20_504, SettlementOutcome.Unknown, SettlementOutcome.Done)]
    [InlineData(20_404, SettlementOutcome.Unknown, SettlementOutcome.NotAttempted)]
    public async Task In_the_sandbox_amounts_say_what_an_acquirer_may_do(long amount, SettlementOutcome outcome, SettlementOutcome whenAsked)
    {
        foreach (var kind in Kinds)
        {
            var order = Order(kind) with { AmountInMinorUnits = amount };
            (await Payments.SettleAsync(Sandbox, order, Ct)).ShouldBe(outcome);
            (await Payments.AskAsync(Sandbox, order, Ct)).ShouldBe(whenAsked);
        }

        Acquirer.TransactionIds.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a b", "hold-1", 1, "GBP")]
    [InlineData("id", "../holds", 1, "GBP")]
    [InlineData("id", "hold-1", 0, "GBP")]
    [InlineData("id", "hold-1", -1, "GBP")]
    [InlineData("id", "hold-1", 1, "gbp")]
    public async Task An_order_that_is_none_is_a_mistake_of_the_caller(string id, string original, long amount, string currency)
    {
        var order = new SettlementOrder(SettlementKind.Refund, id, original, amount, currency);

        await Should.ThrowAsync<ArgumentException>(() => Payments.SettleAsync(Production, order, Ct));
        await Should.ThrowAsync<ArgumentException>(() => Payments.AskAsync(Production, order, Ct));
    }

    private SettlementOrder Order(SettlementKind kind) => new(kind, Id, "hold-1", 700, "GBP");

    private Task<SettlementOutcome> SettleAsync(SettlementKind kind) => Payments.SettleAsync(Production, Order(kind), Ct);

    private Task<SettlementOutcome> AskAsync(SettlementKind kind) => Payments.AskAsync(Production, Order(kind), Ct);
}
