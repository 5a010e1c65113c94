using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tests.Unit.Cards;

public sealed class CardSchemesTests
{
    [Theory]
    [InlineData("2220999999999999", CardScheme.Unknown)]
    [InlineData("2221000000000000", CardScheme.Mastercard)]
    [InlineData("2720999999999999", CardScheme.Mastercard)]
    [InlineData("2721000000000000", CardScheme.Unknown)]
    [InlineData("5099999999999999", CardScheme.Elo)]
    [InlineData("5100000000000000", CardScheme.Mastercard)]
    [InlineData("5599999999999999", CardScheme.Mastercard)]
    [InlineData("5600000000000000", CardScheme.Maestro)]
    [InlineData("2199999999999999", CardScheme.Unknown)]
    [InlineData("2200000000000000", CardScheme.Mir)]
    [InlineData("2204999999999999", CardScheme.Mir)]
    [InlineData("2205000000000000", CardScheme.Unknown)]
    [InlineData("6221259999999999", CardScheme.UnionPay)]
    [InlineData("6221260000000000", CardScheme.Discover)]
    [InlineData("6229259999999999", CardScheme.Discover)]
    [InlineData("6229260000000000", CardScheme.UnionPay)]
    [InlineData("6010999999999999", CardScheme.RuPay)]
    [InlineData("6011000000000000", CardScheme.Discover)]
    [InlineData("6012000000000000", CardScheme.RuPay)]
    [InlineData("6439999999999999", CardScheme.Unknown)]
    [InlineData("6440000000000000", CardScheme.Discover)]
    [InlineData("6500300000000000", CardScheme.Discover)]
    [InlineData("6500310000000000", CardScheme.Elo)]
    [InlineData("6500339999999999", CardScheme.Elo)]
    [InlineData("6500340000000000", CardScheme.Discover)]
    [InlineData("6550580000000000", CardScheme.Elo)]
    [InlineData("6550590000000000", CardScheme.Discover)]
    [InlineData("340000000000000", CardScheme.AmericanExpress)]
    [InlineData("350000000000000", CardScheme.Unknown)]
    [InlineData("370000000000000", CardScheme.AmericanExpress)]
    [InlineData("3527999999999999", CardScheme.Unknown)]
    [InlineData("3528000000000000", CardScheme.Jcb)]
    [InlineData("3589999999999999", CardScheme.Jcb)]
    [InlineData("3590000000000000", CardScheme.Unknown)]
    [InlineData("30000000000000", CardScheme.DinersClub)]
    [InlineData("30599999999999", CardScheme.DinersClub)]
    [InlineData("30600000000000", CardScheme.Unknown)]
    [InlineData("30950000000000", CardScheme.DinersClub)]
    [InlineData("36000000000000", CardScheme.DinersClub)]
    [InlineData("4011770000000000", CardScheme.Visa)]
    [InlineData("4011780000000000", CardScheme.Elo)]
    [InlineData("4936980000000000", CardScheme.Maestro)]
    [InlineData("5019000000000000", CardScheme.Dankort)]
    [InlineData("5018000000000000", CardScheme.Maestro)]
    [InlineData("5060000000000000", CardScheme.Verve)]
    [InlineData("5080000000000000", CardScheme.RuPay)]
    [InlineData("8100000000000000", CardScheme.UnionPay)]
    [InlineData("9792000000000000", CardScheme.Troy)]
    [InlineData("100000000000000", CardScheme.Uatp)]
    [InlineData("7000000000000000", CardScheme.Unknown)]
    public void The_longest_matching_prefix_names_the_scheme(string digits, CardScheme scheme) =>
        CardSchemes.Of(VaultSamples.Utf8(digits)).ShouldBe(scheme);

    [Theory]
    [InlineData(4000, new[] { 16, 19 }, new[] { 13 })]
    [InlineData(3400, new[] { 15 }, new int[0])]
    [InlineData(3600, new[] { 14, 16 }, new[] { 17, 18, 19 })]
    [InlineData(6304, new[] { 16, 19 }, new[] { 12, 13, 14, 15, 17, 18 })]
    [InlineData(6300, new[] { 16, 19 }, new[] { 18 })]
    [InlineData(1000, new int[0], new[] { 15 })]
    [InlineData(7000, new int[0], new int[0])]
    public void A_prefix_is_issued_only_in_lengths_of_its_scheme(int leadingFour, int[] usual, int[] rare) =>
        CardSchemes.LengthsOf(leadingFour).ShouldBe((usual.Sum(length => 1 << length), rare.Sum(length => 1 << length)));

    [Fact]
    public void An_unknown_scheme_does_not_keep_a_number_from_being_taken()
    {
        using var number = VaultSamples.Number("7000000000000005");

        number.Scheme.ShouldBe(CardScheme.Unknown);
    }
}
