using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tests.Unit.Accounts;

public sealed class LocationSlugsTests
{
    [Theory]
    [InlineData("Zürich Straße", "zurich-strasse")]
    [InlineData("ZÜRICH STRASSE", "zurich-strasse")]
    [InlineData("Zu\u0308rich", "zurich")]
    [InlineData("Ærøskøbing", "aeroskobing")]
    [InlineData("Łódź", "lodz")]
    [InlineData("São Paulo", "sao-paulo")]
    [InlineData("Đà Nẵng", "da-nang")]
    [InlineData("İstanbul Kadıköy", "istanbul-kadikoy")]
    [InlineData("Reykjavík Þingholt", "reykjavik-thingholt")]
    [InlineData("Αθήνα", "athina")]
    [InlineData("Москва Щука", "moskva-shchuka")]
    [InlineData("Ялта Ё", "yalta-e")]
    [InlineData("Joe's Bar & Grill", "joes-bar-grill")]
    [InlineData("Joe’s", "joes")]
    [InlineData("  --Dock 7--  ", "dock-7")]
    [InlineData("東京", "location")]
    [InlineData("!!!", "location")]
    [InlineData("東京 Tower", "tower")]
    public void A_name_becomes_letters_of_an_address(string name, string slug) => LocationSlugs.Of(name, new HashSet<string>(StringComparer.Ordinal)).ShouldBe(slug);

    [Theory]
    [InlineData("Zürich", "zurich-2")]
    [InlineData("Zurich", "zurich-2")]
    [InlineData("zurich!", "zurich-2")]
    public void A_name_that_reads_like_another_gets_a_number(string name, string slug) =>
        LocationSlugs.Of(name, new HashSet<string>(["zurich"], StringComparer.Ordinal)).ShouldBe(slug);

    [Fact]
    public void A_third_gets_the_next_number() => LocationSlugs.Of("Zürich", new HashSet<string>(["zurich", "zurich-2"], StringComparer.Ordinal)).ShouldBe("zurich-3");

    [Fact]
    public void A_long_name_is_cut_and_ends_with_a_letter()
    {
        var slug = LocationSlugs.Of(new string('ß', 19) + " a b", new HashSet<string>(StringComparer.Ordinal));

        slug.ShouldBe($"{new string('s', 38)}-a");
    }
}
