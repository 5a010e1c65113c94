using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>What is stored of a payment intent, which tenants find it, and its cancellation.</summary>
public sealed class StoringPaymentIntentsTests : PaymentIntentStoreTest
{
    [Fact]
    public async Task What_is_inserted_is_found_by_its_tenant_exactly_as_it_was()
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal) { ["z"] = "1", ["a"] = "\u2028<é\U0001F4B3>" };
        var intent = APayment(7) with
        {
            Amount = new Money(MoneyRules.LargestValue, "EUR"),
            Reference = "Zwölf'; DROP TABLE accounts; --",
            Metadata = metadata,
            DetailsJson = """{"description":"Zimmer"}""",
            UpdatedAt = At.AddMicroseconds(1),
            ExpireAt = At.AddDays(30).AddMicroseconds(2),
        };
        await Store.InsertAsync(intent, Created);

        var found = (await Store.FindAsync(Tenant, 7, Ct)).ShouldNotBeNull();

        found.Metadata.ShouldNotBeNull().ToArray().ShouldBe(metadata.ToArray());
        (found with { Metadata = null }).ShouldBe(intent with { Metadata = null });
    }

    [Fact]
    public async Task What_was_not_given_is_found_as_nothing()
    {
        var found = await FindAsync();

        found.ShouldBe(APayment(Payment));
        (await Store.ListEventsAsync(found, Ct)).ShouldBe([Created]);
    }

    [Fact]
    public async Task A_record_id_is_never_used_twice_and_a_failed_insert_leaves_no_event()
    {
        await Should.ThrowAsync<Exception>(() => Store.InsertAsync(APayment(Payment) with { Reference = "other" }, Created));
        await Should.ThrowAsync<Exception>(() => Store.InsertAsync(APayment(8), Created with { Actor = null! }));

        (await FindAsync()).Reference.ShouldBe("reference");
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created]);
        (await Store.FindAsync(Tenant, 8, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task The_last_record_id_counts_payment_intents_too() => (await Tokens.FindLastRecordIdAsync(Ct)).ShouldBe(OtherPayment);

    [Fact]
    public async Task No_other_location_environment_or_account_finds_it_or_its_events()
    {
        foreach (var other in Others())
        {
            (await Store.FindAsync(other, Payment, Ct)).ShouldBeNull();
            (await Store.ListEventsAsync(APayment(Payment) with { Tenant = other }, Ct)).ShouldBeEmpty();
        }

        (await Store.FindAsync(Tenant, Payment, Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task No_other_tenant_changes_it()
    {
        foreach (var other in Others())
        {
            var theirs = APayment(Payment) with { Tenant = other };
            (await Store.CancelAsync(theirs, Canceled)).ShouldBeFalse();
            (await Store.BeginAsync(theirs, SetupIntentStatus.Authorized, FirstAttempt)).ShouldBe(BeginOutcome.WrongState);
        }

        (await FindAsync()).ShouldBe(APayment(Payment));
        (await FindTokenAsync()).ChargedBy.ShouldBeNull();
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created]);
    }

    [Fact]
    public async Task No_other_tenant_ends_or_takes_over_its_attempt()
    {
        await BeginAsync();
        foreach (var other in Others())
        {
            var theirs = APayment(Payment) with { Tenant = other, Attempt = FirstAttempt };
            (await Store.TakeOverAsync(theirs, Until, Until.AddMinutes(1))).ShouldBeFalse();
            await Store.LeaveUnknownAsync(theirs, FirstAttempt, At, Unknown);
            await Store.FinishAsync(theirs, FirstAttempt, Captured);
            (await Store.ListAbandonedAsync(other, Until, 10, Ct)).ShouldBeEmpty();
        }

        (await FindAsync()).ShouldBe(APayment(Payment) with { Attempt = FirstAttempt });
        (await FindTokenAsync()).ShouldSatisfyAllConditions(token => token.ChargedBy.ShouldBe(Payment), token => token.Status.ShouldBe(SetupIntentStatus.Authorized));
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created]);
    }

    [Fact]
    public async Task Cancelling_happens_once_with_its_event()
    {
        (await Store.CancelAsync(APayment(Payment), Canceled)).ShouldBeTrue();
        (await Store.CancelAsync(APayment(Payment), Canceled)).ShouldBeFalse();

        (await FindAsync()).ShouldBe(APayment(Payment) with { Status = PaymentIntentStatus.Canceled, UpdatedAt = Canceled.At });
        (await Store.ListEventsAsync(await FindAsync(), Ct)).ShouldBe([Created, Canceled]);
        (await FindAsync(OtherPayment)).Status.ShouldBe(PaymentIntentStatus.Created);
    }

    /// <summary>The tenants that differ from this one in one part each, and one that differs in all.</summary>
    private Tenant[] Others() =>
    [
        Stranger,
        Tenant with { Location = Stranger.Location },
        Tenant with { Account = Stranger.Account },
        Tenant with { Environment = TenantEnvironment.Production },
    ];
}
