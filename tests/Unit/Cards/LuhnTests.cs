using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Cards;
using FsCheck;
using FsCheck.Fluent;

namespace Dojo.Pci.Tests.Unit.Cards;

public sealed class LuhnTests
{
    [Theory]
    [InlineData("4242424242424242")]
    [InlineData("79927398713")]
    [InlineData("0000000000000000")]
    [InlineData("0")]
    [InlineData("18")]
    public void A_number_with_the_right_check_digit_passes(string digits) => Luhn.IsValid(VaultSamples.Utf8(digits)).ShouldBeTrue();

    [Theory]
    [InlineData("4242424242424241")]
    [InlineData("79927398710")]
    [InlineData("81")]
    [InlineData("1")]
    [InlineData("")]
    public void A_number_with_a_wrong_check_digit_or_none_fails(string digits) => Luhn.IsValid(VaultSamples.Utf8(digits)).ShouldBeFalse();

    [Fact]
    public void Exactly_one_check_digit_completes_a_payload() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            VaultSamples.CardNumbers.ToArbitrary(),
            number => Enumerable.Range(0, 10).Count(last => Luhn.IsValid(VaultSamples.Utf8(number[..^1] + last))) == 1));

    [Fact]
    public void Every_single_mistyped_digit_is_found() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            VaultSamples.CardNumbers.ToArbitrary(),
            number => Enumerable.Range(0, number.Length).All(place => Enumerable.Range('0', 10).All(digit =>
            {
                var typed = VaultSamples.Utf8(number);
                var isMistyped = typed[place] != digit;
                typed[place] = (byte)digit;
                return Luhn.IsValid(typed) != isMistyped;
            }))));

    [Fact]
    public void Swapped_neighbours_are_found_unless_they_are_09_or_90() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            VaultSamples.CardNumbers.ToArbitrary(),
            number => Enumerable.Range(0, number.Length - 1).All(place =>
            {
                var typed = VaultSamples.Utf8(number);
                (typed[place], typed[place + 1]) = (typed[place + 1], typed[place]);
                var goesUnnoticed = number[place] == number[place + 1] || number.Substring(place, 2) is "09" or "90";
                return Luhn.IsValid(typed) == goesUnnoticed;
            })));
}
