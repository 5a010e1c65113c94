using Dojo.Pci.Tokenization;

namespace Dojo.Pci.Tests.Unit;

public sealed class FoldedTextTests
{
    [Theory]
    [InlineData("MÜNCHEN", "munchen")]
    [InlineData("mu\u0308nchen", "munchen")]
    [InlineData("MU\u0308NCHEN", "munchen")]
    [InlineData("Crème Brûlée", "creme brulee")]
    [InlineData("Ångström \u212B\u212A", "angstrom ak")]
    [InlineData("Việt Nam", "viet nam")]
    [InlineData("ΚΑΦΈΣ", "καφεσ")]
    [InlineData("καφές", "καφεσ")]
    [InlineData("ЁЛКА", "елка")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("ISTANBUL", "istanbul")]
    [InlineData("ıstanbul", "ıstanbul")]
    [InlineData("STRAẞE", "straße")]
    [InlineData("Straße", "straße")]
    [InlineData("STRASSE", "strasse")]
    [InlineData("ſ", "s")]
    [InlineData("Ørsted Łódź", "ørsted łodz")]
    [InlineData("\U00010400", "\U00010428")]
    [InlineData("東京", "東京")]
    [InlineData("Booking 4711", "booking 4711")]
    [InlineData("", "")]
    public void Case_and_accents_are_folded_and_nothing_else(string text, string folded)
    {
        FoldedText.Of(text).ShouldBe(folded);
        FoldedText.Of(folded).ShouldBe(folded);
    }

    [Fact]
    public void Marks_alone_stay_so_that_they_are_not_found_everywhere() => FoldedText.Of("\u0308").ShouldBe("\u0308");

    [Fact]
    public void Half_a_surrogate_pair_is_no_fault() => FoldedText.Of("a\uD83D").ShouldStartWith("a");
}
