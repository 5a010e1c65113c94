using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tests.Unit.Cards;

public sealed class TestCardsTests
{
    // The numbers published by Dojo and the large processors.
    private const string Published = """
        5200000000001005 5200000000001096 4456530000001013
        4242424242424242 4111111111111111 4012888888881881 4000056655665556 4005519200000004 4222222222222
        5555555555554444 5200828282828210 5105105105105100 2223003122003222 2223000048400011
        6304000000000000 6759649826438453 6799990100000000019
        378282246310005 371449635398431 378734493671000
        6011111111111117 6011000990139424 6011981111111113 6011000991300009
        3056930009020004 36227206271667 30569309025904 38520000023237
        3530111333300000 3566002020360505
        6200000000000005 6200000000000047 6205500000000000004 6243030000000001
        6555900000604105
        """;

    public static TheoryData<string> Numbers => [.. TestCards.All.Select(card => card.Number)];

    [Fact]
    public void The_list_is_the_published_one() =>
        TestCards.All.Select(card => card.Number).ShouldBe(Published.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);

    [Fact]
    public void No_number_is_listed_twice() => TestCards.All.Select(card => card.Number).Distinct(StringComparer.Ordinal).Count().ShouldBe(TestCards.All.Count);

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Each_is_a_card_number_whose_label_is_the_scheme_it_is_recognised_as(string digits)
    {
        using var number = VaultSamples.Number(digits);

        number.IsTestCard(out var card).ShouldBeTrue();
        card.Number.ShouldBe(digits);
        card.Scheme.ShouldBe(number.Scheme);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Each_would_be_found_in_free_text(string digits) => CardNumberDetector.ContainsCardNumber(digits).ShouldBeTrue();

    [Fact]
    public void Only_the_number_that_Dojo_publishes_for_it_is_declined() =>
        TestCards.All.Where(card => card.Outcome == TestCardOutcome.Declines).ShouldHaveSingleItem().Number.ShouldBe("4456530000001013");

    [Theory]
    [InlineData("4242424242424291")]
    [InlineData("04242424242424242")]
    [InlineData("424242424242424")]
    [InlineData("")]
    [InlineData("+4242424242424242")]
    [InlineData(" 4242424242424242")]
    [InlineData("99999999999999999999999999")]
    public void Nothing_else_passes_for_a_test_card(string text) => TestCards.TryFind(VaultSamples.Utf8(text), out _).ShouldBeFalse();
}
