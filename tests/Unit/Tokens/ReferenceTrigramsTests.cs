using Dojo.Pci.Tokenization.Storage.Tokens;
using FsCheck;
using FsCheck.Fluent;

namespace Dojo.Pci.Tests.Unit.Tokens;

public sealed class ReferenceTrigramsTests
{
    private static readonly Gen<string> s_texts = Gen.OneOf(
        Gen.Elements("aBcZz09-_ [@`{\u00C4\u00E4\u0130\u20AC\uD83D\uDCB3".ToCharArray()).ArrayOf().Select(characters => new string(characters)),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get));

    [Fact]
    public void Any_part_of_a_reference_may_be_in_it() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
            s_texts.ToArbitrary(),
            Gen.Choose(0, 1000).Two().ToArbitrary(),
            (reference, cut) =>
            {
                var bits = ReferenceTrigrams.None();
                ReferenceTrigrams.Add(bits, reference);
                var begin = cut.Item1 % (reference.Length + 1);
                var part = reference.Substring(begin, cut.Item2 % (reference.Length - begin + 1));
                return ReferenceTrigrams.MayHold(bits, ReferenceTrigrams.Of(part));
            }));

    [Fact]
    public void Of_a_thousand_references_it_says_of_nearly_all_others_that_they_are_not_there()
    {
        var bits = ReferenceTrigrams.None();
        foreach (var number in Enumerable.Range(0, 1024))
        {
            ReferenceTrigrams.Add(bits, $"booking-{number * 7919:D8}");
        }

        Enumerable.Range(0, 1000).Count(number => ReferenceTrigrams.MayHold(bits, ReferenceTrigrams.Of($"table-{number}"))).ShouldBe(0);
    }

    [Fact]
    public void It_is_told_whether_a_reference_has_changed_anything()
    {
        var bits = ReferenceTrigrams.None();

        ReferenceTrigrams.Add(bits, "Booking").ShouldBeTrue();
        ReferenceTrigrams.Add(bits, "ooking").ShouldBeFalse();
        ReferenceTrigrams.Add(bits, "bo").ShouldBeFalse();
    }
}
