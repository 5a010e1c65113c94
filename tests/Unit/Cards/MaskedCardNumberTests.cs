using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Cards;
using FsCheck;
using FsCheck.Fluent;

namespace Dojo.Pci.Tests.Unit.Cards;

public sealed class MaskedCardNumberTests
{
    [Theory]
    [InlineData("5200000000001005", "52000000****1005")]
    [InlineData("6205500000000000004", "62055000****0004")]
    [InlineData("378282246310005", "378282****0005")]
    [InlineData("36227206271667", "****1667")]
    [InlineData("4222222222222", "****2222")]
    [InlineData("630400000009", "****0009")]
    public void It_shows_what_the_length_allows(string digits, string shown) =>
        MaskedCardNumber.Of(VaultSamples.Utf8(digits)).ToString().ShouldBe(shown);

    [Fact]
    public void No_number_shows_more_of_itself_than_its_length_allows() =>
        Check.QuickThrowOnFailure(Prop.ForAll(VaultSamples.CardNumbers.ToArbitrary(), digits =>
        {
            var shown = MaskedCardNumber.Of(VaultSamples.Utf8(digits)).ToString().Split("****");
            var leadingAllowed = digits.Length >= 16 ? 8 : digits.Length == 15 ? 6 : 0;
            return shown.Length == 2 && shown[0] == digits[..leadingAllowed] && shown[1] == digits[^4..];
        }));

    [Fact]
    public void Numbers_that_differ_only_where_nothing_is_shown_look_the_same() =>
        MaskedCardNumber.Of("5200000000001005"u8).ShouldBe(MaskedCardNumber.Of("5200000099991005"u8));
}
