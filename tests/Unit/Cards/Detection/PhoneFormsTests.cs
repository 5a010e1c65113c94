using System.Text;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Cards.Detection;

namespace Dojo.Pci.Tests.Unit.Cards.Detection;

public sealed class PhoneFormsTests
{
    private const int Numbers = 5_000;

    [Theory]
    [InlineData("+44 (0)20 7946 0958")]
    [InlineData("+447700900123")]
    [InlineData("0044 7700 900123")]
    [InlineData("011 44 7700 900123")]
    [InlineData("020 7946 0958")]
    [InlineData("(020) 7946-0958 ext. 214")]
    [InlineData("+1 (212) 555-0100 x4711")]
    [InlineData("0151/12345678")]
    [InlineData("13800138000")]
    [InlineData("4915112345678")]
    [InlineData("+43 660 1234567")]
    [InlineData("４４７７００９００１２３")]
    public void A_phone_number_is_one_however_it_is_written(string text) => IsPhoneNumber(text).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("reception")]
    [InlineData("4111111111111111")]
    [InlineData("+4111111111111111")]
    [InlineData("4111 1111 1111 1111")]
    [InlineData("378282246310005")]
    [InlineData("+378282246310005")]
    [InlineData("36227206271667")]
    [InlineData("4222222222222")]
    [InlineData("04222222222222")]
    [InlineData("020 7946 0958 4111 1111 1111 1111")]
    [InlineData("+999 123456789")]
    public void What_is_none_is_free_text(string text) => IsPhoneNumber(text).ShouldBeFalse();

    [Fact]
    public void Mobile_numbers_of_sixty_countries_are_phone_numbers()
    {
        var random = new Random(20261129);
        foreach (var (name, make) in InnocentTexts.Kinds.Where(kind => kind.Name.StartsWith("Mobile numbers", StringComparison.Ordinal)))
        {
            Enumerable.Range(0, Numbers).Select(_ => make(random)).ShouldAllBe(text => IsPhoneNumber(text), name);
        }
    }

    [Fact]
    public void No_card_number_is_a_phone_number()
    {
        var random = new Random(20261129);
        var numbers = TestCards.All.Select(card => card.Number).Concat(Enumerable.Range(0, Numbers).Select(_ => MadeUpCards.Next(random)));

        foreach (var number in numbers)
        {
            string[] written = [number, $"+{number}", $"00{number}", $"0{number}", Disguises.Grouped(number, " "), $"+{Disguises.Grouped(number, "-")}"];
            written.ShouldAllBe(text => !IsPhoneNumber(text));
        }
    }

    private static bool IsPhoneNumber(string text) => PhoneForms.IsPhoneNumber(Encoding.UTF8.GetBytes(text));
}
