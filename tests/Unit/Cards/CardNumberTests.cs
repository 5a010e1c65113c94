using System.Text.Json;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Cards;
using FsCheck;
using FsCheck.Fluent;

namespace Dojo.Pci.Tests.Unit.Cards;

public sealed class CardNumberTests
{
    [Theory]
    [InlineData("630400000000")]
    [InlineData("4222222222222")]
    [InlineData("6799990100000000019")]
    public void Twelve_to_nineteen_digits_are_taken(string digits)
    {
        using var number = VaultSamples.Number(digits);

        number.Length.ShouldBe(digits.Length);
        number.Reveal().SequenceEqual(VaultSamples.Utf8(digits)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("79927398713")]
    [InlineData("42424242424242424242")]
    [InlineData("4242424242424241")]
    [InlineData("0000000000000000")]
    [InlineData("000000000000000000")]
    [InlineData("0424242424242424242")]
    [InlineData("4242 4242 4242 4242")]
    [InlineData("4242-4242-4242-4242")]
    [InlineData("4242424242424242\n")]
    [InlineData(" 4242424242424242")]
    [InlineData("+4242424242424242")]
    [InlineData("4242424242424242\0")]
    [InlineData("٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢")]
    [InlineData("４２４２４２４２４２４２４２４２")]
    public void Anything_else_is_refused(string text)
    {
        CardNumber.TryCreate(VaultSamples.Utf8(text), out var number).ShouldBeFalse();

        number.ShouldBeNull();
    }

    [Fact]
    public void Everything_that_prints_it_prints_the_mask()
    {
        using var number = VaultSamples.Number(VaultSamples.Visa);

        number.ToString().ShouldBe("41111111****1111");
        $"{number}".ShouldBe("41111111****1111");
        string.Concat(number, null).ShouldBe("41111111****1111");
    }

    [Fact]
    public void No_print_and_no_serialisation_of_it_holds_the_number() =>
        Check.QuickThrowOnFailure(Prop.ForAll(VaultSamples.CardNumbers.ToArbitrary(), digits =>
        {
            using var card = VaultSamples.Card(digits);
            var hidden = digits.Length >= 16 ? digits[8..^4] : digits.Length == 15 ? digits[6..^4] : digits[..^4];
            string[] prints =
            [
                $"{card.Number}", $"{card.Number.Masked}", JsonSerializer.Serialize(card), JsonSerializer.Serialize(card.Number),
                JsonSerializer.Serialize<object>(card), $"{card.Number.Masked:G}",
            ];

            // A print may show the digits around the hidden ones, but not all of them together with even one more.
            return prints.All(print => !print.Contains(digits) && !print.Contains(digits[..^4]) && !print.Contains(hidden + digits[^4..]));
        }));
}
