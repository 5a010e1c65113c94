using Dojo.Pci.Tokenization.PaymentIntents;

namespace Dojo.Pci.Tests.Unit.PaymentIntents;

public sealed class PaymentIntentLifeTests
{
    private static readonly (PaymentIntentStatus From, PaymentIntentTrigger Trigger, PaymentIntentStatus To)[] s_moves =
    [
        (PaymentIntentStatus.Created, PaymentIntentTrigger.Authorize, PaymentIntentStatus.Authorized),
        (PaymentIntentStatus.Created, PaymentIntentTrigger.Charge, PaymentIntentStatus.Captured),
        (PaymentIntentStatus.Created, PaymentIntentTrigger.Cancel, PaymentIntentStatus.Canceled),
        (PaymentIntentStatus.Authorized, PaymentIntentTrigger.Capture, PaymentIntentStatus.Captured),
        (PaymentIntentStatus.Authorized, PaymentIntentTrigger.Reverse, PaymentIntentStatus.Reversed),
        (PaymentIntentStatus.Captured, PaymentIntentTrigger.Capture, PaymentIntentStatus.Captured),
        (PaymentIntentStatus.Captured, PaymentIntentTrigger.RefundPart, PaymentIntentStatus.Captured),
        (PaymentIntentStatus.Captured, PaymentIntentTrigger.RefundRest, PaymentIntentStatus.Refunded),
    ];

    [Fact]
    public void These_moves_there_are_and_no_others()
    {
        foreach (var from in Enum.GetValues<PaymentIntentStatus>())
        {
            foreach (var trigger in Enum.GetValues<PaymentIntentTrigger>())
            {
                PaymentIntentStatus? expected = s_moves.Where(move => move.From == from && move.Trigger == trigger).Select(move => (PaymentIntentStatus?)move.To).SingleOrDefault();
                PaymentIntentLife.Move(from, trigger).ShouldBe(expected, $"{trigger} from {from}");
            }
        }
    }
}
