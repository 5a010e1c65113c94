using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Tokenization.Velocity;

namespace Dojo.Pci.Tests.Unit.Velocity;

public sealed class CardSketchTests
{
    private const int Bin = 424242;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(10);
    private static readonly DateTimeOffset s_start = new(2026, 6, 15, 9, 30, 0, TimeSpan.Zero);
    private static readonly CardLimits s_off = new(0, 0, 25, 0, 50);

    [Fact]
    public void The_number_after_the_limit_is_refused_and_says_when_to_come_back()
    {
        var sketch = new CardSketch(s_off with { Numbers = 100 }, s_window, s_start);

        Send(sketch, 0, 1000, s_start).ShouldBe(100);

        var (rule, wait) = sketch.Validate(Bin, s_start).ShouldNotBeNull();
        rule.ShouldBe(VelocityRule.Numbers);
        sketch.Validate(Bin, s_start + wait + TimeSpan.FromSeconds(1)).ShouldBeNull();
        sketch.Validate(Bin, s_start + wait - TimeSpan.FromSeconds(1)).ShouldNotBeNull();
    }

    [Fact]
    public void Numbers_that_were_sent_before_are_known_and_those_that_were_not_are_not()
    {
        var sketch = new CardSketch(s_off with { Numbers = 5000 }, s_window, s_start);
        Send(sketch, 0, 5000, s_start);

        Enumerable.Range(0, 4990).Count(number => sketch.Has(FingerprintOf(number), s_start)).ShouldBeGreaterThan(4970);
        Enumerable.Range(1_000_000, 10_000).Count(number => sketch.Has(FingerprintOf(number), s_start)).ShouldBeLessThan(30, "3 of 1,000");
    }

    [Fact]
    public void Over_many_windows_no_more_come_through_than_the_limit_for_each()
    {
        var sketch = new CardSketch(s_off with { Numbers = 100 }, s_window, s_start);

        var taken = Enumerable.Range(0, 100).Sum(minute => Send(sketch, minute * 1000, 1000, s_start.AddMinutes(minute)));

        taken.ShouldBeInRange(900, 1100);
    }

    [Fact]
    public void Many_numbers_of_one_BIN_are_refused_while_other_BINs_are_taken()
    {
        var sketch = new CardSketch(s_off with { NumbersOfOneBin = 100 }, s_window, s_start);

        Send(sketch, 0, 1000, s_start).ShouldBe(100);

        sketch.Validate(Bin, s_start).ShouldNotBeNull().Rule.ShouldBe(VelocityRule.OneBin);
        sketch.Validate(555555, s_start).ShouldBeNull();
    }

    [Fact]
    public void As_many_numbers_of_one_BIN_are_taken_where_they_are_a_small_part_of_all()
    {
        var sketch = new CardSketch(s_off with { NumbersOfOneBin = 100 }, s_window, s_start);

        var taken = Enumerable.Range(0, 2000).Count(number => TrySend(sketch, number, 400000 + (number % 10), s_start));

        taken.ShouldBe(2000, "each BIN has 200 numbers, a tenth of all");
    }

    [Fact]
    public void Many_declined_numbers_are_refused_and_few_are_not()
    {
        var sketch = new CardSketch(s_off with { DeclinedFrom = 50 }, s_window, s_start);
        for (var number = 0; number < 50; number++)
        {
            TrySend(sketch, number, Bin, s_start).ShouldBeTrue();
            if (number % 2 == 0)
            {
                sketch.AddDeclined();
            }
        }

        sketch.Validate(Bin, s_start).ShouldBeNull("half of them are declined, as many as may");
        sketch.AddDeclined();

        sketch.Validate(Bin, s_start).ShouldNotBeNull().Rule.ShouldBe(VelocityRule.Declined);
        sketch.Validate(Bin, s_start + (2 * s_window)).ShouldBeNull();
    }

    [Fact]
    public void A_clock_that_is_set_back_neither_forgets_nor_locks_for_ever()
    {
        var sketch = new CardSketch(s_off with { Numbers = 10 }, s_window, s_start);
        Send(sketch, 0, 10, s_start);

        sketch.Validate(Bin, s_start.AddMinutes(-1)).ShouldNotBeNull();
        sketch.Validate(Bin, s_start.AddDays(-1)).ShouldBeNull();
    }

    private static int Send(CardSketch sketch, int first, int count, DateTimeOffset at) =>
        Enumerable.Range(first, count).Count(number => TrySend(sketch, number, Bin, at));

    private static bool TrySend(CardSketch sketch, int number, int bin, DateTimeOffset at)
    {
        var fingerprint = FingerprintOf(number);
        if (sketch.Has(fingerprint, at))
        {
            return true;
        }

        if (sketch.Validate(bin, at) is not null)
        {
            return false;
        }

        sketch.Add(fingerprint, bin);
        return true;
    }

    private static byte[] FingerprintOf(int number) => SHA256.HashData(Encoding.ASCII.GetBytes($"{number}"));
}
