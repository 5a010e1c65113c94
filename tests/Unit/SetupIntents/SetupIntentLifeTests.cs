using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.SetupIntents;
using FsCheck;
using FsCheck.Fluent;

namespace Dojo.Pci.Tests.Unit.SetupIntents;

public sealed class SetupIntentLifeTests
{
    private static readonly DateTimeOffset s_start = new(2026, 6, 15, 9, 30, 0, TimeSpan.Zero);

    /// <summary>
    /// dojo-domain.md §3.1, from its diagram and its table; plus Authorized to CardExpired, without which a stored card would never end. Canceled,
    /// Closed, Expired, CardExpired and Completed are final.
    /// </summary>
    private static readonly (string From, SetupIntentTrigger Trigger, string To)[] s_documented =
    [
        ("Created", SetupIntentTrigger.Authorize, "Authorized"),
        ("Created", SetupIntentTrigger.Expire, "Expired"),
        ("Created", SetupIntentTrigger.ExpireCard, "CardExpired"),
        ("Created", SetupIntentTrigger.Cancel, "Canceled"),
        ("Authorized", SetupIntentTrigger.Charge, "Completed"),
        ("Authorized", SetupIntentTrigger.Close, "Closed"),
        ("Authorized", SetupIntentTrigger.ExpireCard, "CardExpired"),
    ];

    private static readonly Arbitrary<SetupIntentStatus> s_statuses = Gen.Elements(Enum.GetValues<SetupIntentStatus>()).ToArbitrary();

    private static readonly Arbitrary<SetupIntentTrigger[]> s_walks = Gen.Elements(Enum.GetValues<SetupIntentTrigger>()).ArrayOf().ToArbitrary();

    [Fact]
    public void There_are_the_seven_statuses_of_the_seed_and_no_other() =>
        Enum.GetNames<SetupIntentStatus>().ShouldBe(
            ["Created", "Authorized", "Canceled", "Completed", "Expired", "CardExpired", "Closed"], ignoreOrder: true);

    [Fact]
    public void The_table_is_the_documented_one_for_every_status_and_trigger()
    {
        foreach (var from in Enum.GetValues<SetupIntentStatus>())
        {
            foreach (var trigger in Enum.GetValues<SetupIntentTrigger>())
            {
                var documented = Documented(from, trigger);

                SetupIntentLife.Allows(from, trigger).ShouldBe(documented is not null, $"{trigger} from {from}");
                (Move(AnIntent(from), trigger, s_start)?.To(TimeSpan.Zero).Status.ToString()).ShouldBe(documented, $"{trigger} from {from}");
            }
        }
    }

    [Fact]
    public void No_walk_from_any_status_leaves_the_table() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(s_statuses, s_walks, (start, walk) =>
        {
            var intent = AnIntent(start);
            foreach (var trigger in walk)
            {
                var to = Documented(intent.Status, trigger);
                var transition = Move(intent, trigger, intent.UpdatedAt.AddSeconds(1));
                (transition is null).ShouldBe(to is null, "a move is refused exactly where the table has none");
                intent = transition?.To(TimeSpan.FromDays(90)) ?? intent;
                (to ?? intent.Status.ToString()).ShouldBe(intent.Status.ToString());
            }
        }));

    [Fact]
    public void What_is_finished_stays_as_it_is() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
            Gen.Elements(SetupIntentStatus.Canceled, SetupIntentStatus.Closed, SetupIntentStatus.Completed, SetupIntentStatus.Expired, SetupIntentStatus.CardExpired).ToArbitrary(),
            s_walks,
            (finished, walk) => walk.All(trigger => Move(AnIntent(finished), trigger, s_start) is null)));

    [Fact]
    public void A_life_has_at_most_two_changes() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(s_walks, walk =>
        {
            var (intent, changes) = (AnIntent(SetupIntentStatus.Created), 0);
            foreach (var transition in walk.Select(trigger => Move(intent, trigger, s_start)).OfType<SetupIntentLife.Transition>())
            {
                (intent, changes) = (transition.To(TimeSpan.Zero), changes + 1);
            }

            return changes <= 2;
        }));

    [Fact]
    public void Every_move_says_what_happened_when_why_and_by_whom()
    {
        foreach (var (from, trigger, to) in s_documented)
        {
            var intent = AnIntent(Enum.Parse<SetupIntentStatus>(from));
            var transition = SetupIntentLife.Move(intent, trigger, s_start.AddDays(3), "key:12", "a cause", "transaction", "012345").ShouldNotBeNull();

            transition.From.ShouldBeSameAs(intent);
            transition.Event.ShouldBe(new SetupIntentEvent(Enum.Parse<SetupIntentEventType>(to), s_start.AddDays(3), "key:12", "a cause", "transaction", "012345"));
            transition.To(TimeSpan.FromDays(1)).UpdatedAt.ShouldBe(s_start.AddDays(3));
        }
    }

    [Theory]
    [InlineData("Created", SetupIntentTrigger.Cancel, 90, false)]
    [InlineData("Authorized", SetupIntentTrigger.Close, 90, false)]
    [InlineData("Authorized", SetupIntentTrigger.Charge, 90, true)]
    [InlineData("Authorized", SetupIntentTrigger.ExpireCard, 90, true)]
    [InlineData("Created", SetupIntentTrigger.Expire, 90, true)]
    [InlineData("Authorized", SetupIntentTrigger.Charge, 0, false)]
    [InlineData("Authorized", SetupIntentTrigger.ExpireCard, 0, false)]
    [InlineData("Created", SetupIntentTrigger.Expire, 0, false)]
    [InlineData("Created", SetupIntentTrigger.Authorize, 0, true)]
    public void A_deleted_card_goes_at_once_and_another_finished_one_after_the_retention_period(string from, SetupIntentTrigger trigger, int days, bool isKept)
    {
        var after = Move(AnIntent(Enum.Parse<SetupIntentStatus>(from)), trigger, s_start).ShouldNotBeNull().To(TimeSpan.FromDays(days));

        after.Card.ShouldNotBeNull().HoldsData.ShouldBe(isKept);
        after.Card.Masked.ToString().ShouldBe("41111111****1111");
        after.DueAt.ShouldBe((isKept, trigger) switch
        {
            (false, _) => null,
            (true, SetupIntentTrigger.Authorize) => new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero),
            _ => s_start.AddDays(days),
        });
    }

    private static string? Documented(SetupIntentStatus from, SetupIntentTrigger trigger) =>
        s_documented.Where(row => row.From == from.ToString() && row.Trigger == trigger).Select(row => row.To).SingleOrDefault();

    private static SetupIntentLife.Transition? Move(StoredSetupIntent intent, SetupIntentTrigger trigger, DateTimeOffset at) =>
        SetupIntentLife.Move(intent, trigger, at, "vault", "a cause");

    private static StoredSetupIntent AnIntent(SetupIntentStatus status) => new(
        1,
        new Tenant(new AccountId(1), new LocationId(1), TenantEnvironment.Sandbox),
        status,
        s_start,
        s_start,
        "reference",
        Description: null,
        Metadata: null,
        new StoredCard(new MaskedCardNumber("41111111", "1111"), CardScheme.Visa, new CardExpiry(2029, 12), [1], [2]));
}
