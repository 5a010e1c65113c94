using Dojo.Pci.Tokenization.Fairness;

namespace Dojo.Pci.Tests.Unit.Fairness;

public sealed class FairSharesTests
{
    [Fact]
    public void One_caller_alone_may_have_every_place_and_no_more() => Enter(new FairShares<string>(10), "a", 100).ShouldBe(10);

    [Fact]
    public void While_one_caller_holds_every_place_another_still_gets_its_equal_part()
    {
        var shares = new FairShares<string>(10);
        Enter(shares, "flood", 100);

        Enter(shares, "other", 100).ShouldBe(5);
        Enter(shares, "third", 100).ShouldBe(3);
    }

    [Fact]
    public void One_that_floods_is_held_to_its_part_once_it_gives_places_back()
    {
        var shares = new FairShares<string>(10);
        Enter(shares, "flood", 100);
        Enter(shares, "other", 100);
        Leave(shares, "flood", 10);

        Enter(shares, "flood", 100).ShouldBe(5);
        shares.Held.ShouldBe(10);
    }

    [Fact]
    public void Callers_that_have_left_have_no_part_any_more()
    {
        var shares = new FairShares<string>(10);
        Enter(shares, "other", 1);
        Leave(shares, "other", 1);

        Enter(shares, "a", 100).ShouldBe(10);
    }

    [Fact]
    public void One_that_was_refused_takes_nothing_from_the_parts_of_others()
    {
        var shares = new FairShares<string>(4, most: 6);
        Enter(shares, "a", 4);
        Enter(shares, "b", 2);
        Enumerable.Range(0, 100).Count(stranger => shares.TryEnter($"{stranger}")).ShouldBe(0);
        Leave(shares, "b", 1);

        Enter(shares, "b", 100).ShouldBe(1);
    }

    [Fact]
    public void Places_that_are_idle_leave_room_for_others()
    {
        var shares = new FairShares<string>(10);
        Enter(shares, "a", 10);

        shares.TryEnter("a", idle: 1).ShouldBeTrue();
        shares.TryEnter("a", idle: 1).ShouldBeFalse();
    }

    [Fact]
    public void No_caller_holds_more_than_one_may_and_all_together_no_more_than_all_may()
    {
        var shares = new FairShares<int>(10, each: 3, most: 12);

        Enumerable.Range(0, 100).Select(caller => Enter(shares, caller, 100)).ShouldBe([3, 3, 3, 2, 1, .. Enumerable.Repeat(0, 95)]);
    }

    [Fact]
    public void Several_places_are_taken_together_or_not_at_all()
    {
        var shares = new FairShares<string>(10);

        shares.TryEnter("a", count: 11).ShouldBeFalse();
        shares.TryEnter("a", count: 8).ShouldBeTrue();
        shares.TryEnter("a", count: 3).ShouldBeFalse();
        shares.TryEnter("b", count: 5).ShouldBeTrue();
        shares.TryEnter("b", count: 1).ShouldBeFalse();
        shares.Leave("a", 8);
        shares.Held.ShouldBe(5);
    }

    [Fact]
    public void However_many_callers_come_their_places_stay_within_the_stated_bound()
    {
        const int places = 100;
        var shares = new FairShares<int>(places);
        foreach (var caller in Enumerable.Range(0, 1000))
        {
            Enter(shares, caller, 1000);
        }

        ((double)shares.Held).ShouldBeLessThanOrEqualTo(places * Enumerable.Range(1, 1000).Sum(caller => 1.0 / caller));
    }

    [Fact]
    public async Task Many_threads_that_come_and_go_leave_nothing_behind()
    {
        var shares = new FairShares<int>(8);
        void ComeAndGo(int caller)
        {
            for (var i = 0; i < 20_000; i++)
            {
                if (shares.TryEnter(caller))
                {
                    shares.Leave(caller);
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() => ComeAndGo(thread % 3), TestContext.Current.CancellationToken)));

        shares.Held.ShouldBe(0);
        Enter(shares, 0, 100).ShouldBe(8);
    }

    private static int Enter<T>(FairShares<T> shares, T caller, int times)
        where T : notnull => Enumerable.Range(0, times).Count(_ => shares.TryEnter(caller));

    private static void Leave(FairShares<string> shares, string caller, int times)
    {
        for (var i = 0; i < times; i++)
        {
            shares.Leave(caller);
        }
    }
}
