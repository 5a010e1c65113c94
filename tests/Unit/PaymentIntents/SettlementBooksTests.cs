using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Integrity;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.PaymentIntents;

/// <summary>The books of the vault and those of the acquirer agree.</summary>
public sealed class SettlementBooksTests : SettlementTest
{
    [Fact]
    public async Task A_row_that_was_set_back_gets_nothing_moved_again()
    {
        var payment = await Vault.HoldAsync();
        await CaptureAsync(payment, 1999);
        var recordId = (await Vault.GetStoredAsync(payment)).RecordId;
        Vault.Directory.Execute($"UPDATE payment_intents SET captured_amount = 0, status = 'Authorized' WHERE id = {recordId}");

        await Should.ThrowAsync<DamagedRecordException>(() => Vault.CaptureAsync(payment, 1999));
        await Should.ThrowAsync<DamagedRecordException>(() => Vault.ReverseAsync(payment));

        Moved(await Vault.GetAsync(payment), "captures").ShouldBe(1999);
        (await Vault.Get<IIntegrityStore>().FindFaultsAsync(TestContext.Current.CancellationToken)).ShouldNotBeEmpty();
    }

    /// <summary>Random calls, some concurrent, with an acquirer that misbehaves at random, and rounds of the resolver and restarts in between.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task What_happens_in_any_order_the_books_agree_with_the_acquirers(int seed)
    {
        var dice = new Random(seed);
        AcquirerBehaviour[] moods =
        [
            AcquirerBehaviour.Approve, AcquirerBehaviour.Approve, AcquirerBehaviour.Approve, AcquirerBehaviour.Decline, AcquirerBehaviour.DropAfterAccepting,
            AcquirerBehaviour.DropBeforeReading, AcquirerBehaviour.ServerError, AcquirerBehaviour.Refuse, AcquirerBehaviour.Nonsense,
        ];
        List<PaymentIntent> payments = [await Vault.HoldAsync(), await Vault.HoldAsync(TimeSpan.FromHours(2), AutoExpireAction.Capture), await Vault.PrepareAsync()];
        await Vault.ChargeAsync(payments[2]);
        Acquirer.ChooseBy(() => Roll(moods));

        for (var step = 0; step < 25; step++)
        {
            Acquirer.DefaultWhenAsked = RollNumber(3) == 0 ? AcquirerBehaviour.ServerError : null;
            var payment = Roll(payments);
            var calls = Enumerable.Range(0, 1 + RollNumber(3)).Select(_ => (Kind: RollNumber(8), Amount: 1 + RollNumber(1200), Key: $"key-{RollNumber(12)}")).ToList();
            await Task.WhenAll(calls.Select(call => Task.Run(() => (call.Kind switch
            {
                0 => Vault.ReverseAsync(payment),
                1 or 2 or 3 => Vault.CaptureAsync(payment, call.Amount, call.Kind == 1 ? call.Key : null),
                _ => Vault.RefundAsync(payment, call.Amount, call.Key),
            }))));
            switch (RollNumber(8))
            {
                case 0:
                    await Vault.KeepHouseAsync();
                    break;
                case 1:
                    await Vault.ReopenAsync();
                    break;
                case 2:
                    Clock.Advance(TimeSpan.FromMinutes(20));
                    break;
            }

            foreach (var each in payments)
            {
                ShouldBePossible(await Vault.GetStoredAsync(each));
            }
        }

        // The acquirer works again: every open attempt is resolved.
        Acquirer.ChooseBy(null);
        Recover();
        Clock.Advance(TimeSpan.FromMinutes(3));
        await Vault.KeepHouseAsync();
        foreach (var each in payments)
        {
            var (stored, shown) = (await Vault.GetStoredAsync(each), await Vault.GetAsync(each));
            ShouldBePossible(stored);
            (await Vault.Get<ISettlementStore>().ListAsync(stored, TestContext.Current.CancellationToken)).ShouldAllBe(settlement => settlement.Status != SettlementStatus.Created);
            Moved(shown, "refunds").ShouldBe(stored.RefundedAmount);
            if (shown.CaptureMode == CaptureMode.Manual)
            {
                Moved(shown, "captures").ShouldBe(stored.CapturedAmount);
                Moved(shown, "reversals").ShouldBe(stored.Status == PaymentIntentStatus.Reversed ? 1999 : 0);
            }
        }

        (await Vault.Get<IIntegrityStore>().FindFaultsAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();

        T Roll<T>(IReadOnlyList<T> sides) => sides[RollNumber(sides.Count)];

        int RollNumber(int sides)
        {
            lock (dice)
            {
                return dice.Next(sides);
            }
        }
    }

    private static void ShouldBePossible(StoredPaymentIntent payment)
    {
        payment.RefundedAmount.ShouldBeInRange(0, payment.CapturedAmount);
        payment.CapturedAmount.ShouldBeInRange(0, payment.AuthorizedAmount);
        payment.AuthorizedAmount.ShouldBeOneOf(0, payment.Total.Value);
        (payment.Status == PaymentIntentStatus.Refunded).ShouldBe(payment.CapturedAmount > 0 && payment.RefundedAmount == payment.CapturedAmount);
    }
}
