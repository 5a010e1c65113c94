using Dojo.Pci.Tokenization;

namespace Dojo.Pci.Tests.Unit;

public sealed class TextElementsTests
{
    private const string Family = "\U0001F468\u200D\U0001F469\u200D\U0001F467"; // five code points
    private const string Accented = "e\u0301";

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abc", 2, "ab")]
    [InlineData("ab\U0001F4B3", 3, "ab\U0001F4B3")]
    [InlineData("ab\U0001F4B3d", 2, "ab")]
    [InlineData("ab" + Accented + "d", 3, "ab")]
    [InlineData("ab" + Accented + "d", 4, "ab" + Accented)]
    [InlineData(Family + "d", 5, Family)]
    [InlineData(Family + "d", 4, "")]
    [InlineData("", 2, "")]
    public void A_text_is_cut_between_characters_as_readers_see_them(string text, int longest, string cut) => TextElements.Cut(text, longest).ShouldBe(cut);

    [Theory]
    [InlineData("Ada", "A")]
    [InlineData(Accented + "lan", Accented)]
    [InlineData(Family + "x", Family)]
    [InlineData("\U0001F4B3", "\U0001F4B3")]
    [InlineData("", "")]
    public void The_mark_for_a_name_is_its_first_character_whole(string name, string first) => TextElements.First(name).ShouldBe(first);
}
