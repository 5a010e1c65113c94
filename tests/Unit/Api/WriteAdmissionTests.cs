using System.Net;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class WriteAdmissionTests : IDisposable
{
    private static readonly WriteCaller s_one = new(new ApiKeyId(1));
    private static readonly WriteCaller s_other = new(new ApiKeyId(2));
    private readonly FakeTimeProvider _clock = Clocks.New();
    private readonly FakeVault _vault = new();
    private readonly WriteAdmission _writes;

    public WriteAdmissionTests() => _writes = new WriteAdmission(_vault, _clock);

    public void Dispose() => _writes.Dispose();

    [Fact]
    public void A_crowd_of_three_hundred_that_comes_at_once_is_let_in() => Enter(300).ShouldBe(300);

    [Fact]
    public void What_comes_on_top_of_the_largest_crowd_is_refused_and_asked_to_come_back()
    {
        Enter(10_000).ShouldBe(WriteAdmission.Places + WriteAdmission.Burst);

        var refusal = _writes.TryEnter(s_one).ShouldNotBeNull();
        refusal.Message.ShouldBe("There are more requests than can be stored in time.");
        refusal.RetryAfter.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public void A_crowd_that_stays_is_soon_held_to_its_places()
    {
        var inside = Enter(10_000);
        Leave(inside);

        Enter(10_000).ShouldBe(WriteAdmission.Places);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Enter(10_000).ShouldBe(WriteAdmission.BurstPerSecond);
    }

    [Fact]
    public void Anyone_who_keeps_to_the_places_is_never_refused()
    {
        Leave(Enter(10_000));

        for (var i = 0; i < 1000; i++)
        {
            Enter(WriteAdmission.Places).ShouldBe(WriteAdmission.Places);
            Leave(WriteAdmission.Places);
        }
    }

    [Fact]
    public void Some_seconds_after_a_crowd_the_next_one_is_let_in()
    {
        Leave(Enter(10_000));
        _clock.Advance(TimeSpan.FromSeconds((double)WriteAdmission.Burst / WriteAdmission.BurstPerSecond));

        Enter(10_000).ShouldBe(WriteAdmission.Places + WriteAdmission.Burst);
    }

    [Fact]
    public void While_one_key_floods_another_gets_half_of_the_places_and_a_crowd_of_its_own()
    {
        Enter(10_000).ShouldBe(WriteAdmission.Places + WriteAdmission.Burst);

        Enter(10_000, s_other).ShouldBe((WriteAdmission.Places / 2) + WriteAdmission.Burst);
    }

    [Fact]
    public void While_one_key_goes_on_flooding_another_that_keeps_to_its_half_is_never_refused()
    {
        Enter(10_000);
        for (var i = 0; i < 1000; i++)
        {
            Enter(WriteAdmission.Places / 2, s_other).ShouldBe(WriteAdmission.Places / 2);
            Leave(1);
            Enter(10_000);
            Leave(WriteAdmission.Places / 2, s_other);
            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }
    }

    [Fact]
    public void Addresses_that_need_no_key_are_callers_of_their_own()
    {
        Enter(10_000, new WriteCaller(default, IPAddress.Parse("192.0.2.1")));

        Enter(WriteAdmission.Places / 2, new WriteCaller(default, IPAddress.Parse("192.0.2.2"))).ShouldBe(WriteAdmission.Places / 2);
    }

    [Fact]
    public void Crowds_of_many_keys_together_stay_within_a_bound()
    {
        var inside = Enumerable.Range(1, 100).Sum(key => Enter(10_000, new WriteCaller(new ApiKeyId(key))));

        inside.ShouldBeLessThan(2 * WriteAdmission.MostOfCrowds);
    }

    [Fact]
    public void While_one_key_has_more_slow_bodies_than_are_waited_for_another_still_gets_its_part()
    {
        var waiting = 0;
        Should.Throw<UnavailableException>(() =>
        {
            for (; ; waiting++)
            {
                _writes.BeginWaitForBody(s_one);
            }
        });

        waiting.ShouldBe(WriteAdmission.SlowBodies);
        for (var i = 0; i < WriteAdmission.SlowBodies / 2; i++)
        {
            _writes.BeginWaitForBody(s_other);
        }

        _writes.EndWaitForBody(s_other);
        _writes.BeginWaitForBody(s_other);
    }

    [Fact]
    public void While_nothing_can_be_written_everyone_hears_why_and_takes_no_place()
    {
        _vault.Outage = new UnavailableException("The disk is full.");
        _writes.TryEnter(s_one).ShouldNotBeNull().Message.ShouldBe("The disk is full.");

        _vault.Outage = null;
        Enter(10_000).ShouldBe(WriteAdmission.Places + WriteAdmission.Burst);
    }

    [Fact]
    public void Anyone_who_waits_for_an_acquirer_takes_no_place()
    {
        Leave(Enter(10_000));
        Enter(WriteAdmission.Places);
        Enter(1).ShouldBe(0);

        _vault.WaitingForAcquirer = 40;

        Enter(10_000).ShouldBe(40);
    }

    [Fact]
    public void The_first_refusals_leave_at_once_and_those_of_a_large_crowd_later_but_not_much_later()
    {
        _writes.TakePause().ShouldBe(TimeSpan.Zero);
        _writes.TakePause().ShouldBe(TimeSpan.FromSeconds(1) / WriteAdmission.RefusalsPerSecond);
        for (var i = 0; i < 10_000; i++)
        {
            _writes.TakePause().ShouldBeLessThanOrEqualTo(WriteAdmission.LongestPause);
        }

        _writes.TakePause().ShouldBe(WriteAdmission.LongestPause);
        _clock.Advance(WriteAdmission.LongestPause);
        _writes.TakePause().ShouldBe(TimeSpan.Zero);
    }

    private int Enter(int times, WriteCaller? caller = null) => Enumerable.Range(0, times).Count(_ => _writes.TryEnter(caller ?? s_one) is null);

    private void Leave(int times, WriteCaller? caller = null)
    {
        for (var i = 0; i < times; i++)
        {
            _writes.Leave(caller ?? s_one);
        }
    }

    private sealed class FakeVault : IVault
    {
        public string Engine => "";

        public bool HasKeys => true;

        public UnavailableException? Outage { get; set; }

        public int WaitingForAcquirer { get; set; }

        public Task<UnavailableException?> CheckAsync() => Task.FromResult(Outage);

        public Task OpenAsync(VaultUse use, CancellationToken ct) => Task.CompletedTask;
    }
}
