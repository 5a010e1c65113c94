using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Tests.Unit.Members;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ann@example.com", "ann@example.com", "ann@example.com")]
    [InlineData("  Ann.Smith@Example.COM ", "Ann.Smith@Example.COM", "ann.smith@example.com")]
    [InlineData("ann+pci@example.com", "ann+pci@example.com", "ann+pci@example.com")]
    public void An_address_is_kept_as_written_and_compared_in_one_spelling(string typed, string text, string key)
    {
        EmailAddress.TryParse(typed, out var address).ShouldBeTrue();

        address.Text.ShouldBe(text);
        address.Key.ShouldBe(key);
        address.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("ann")]
    [InlineData("@example.com")]
    [InlineData("ann@")]
    [InlineData("ann@home@example.com")]
    [InlineData("ａｎｎ＠example.com")]
    [InlineData("jos\u00e9@example.com")]
    [InlineData("jose\u0301@example.com")]
    [InlineData("ann smith@example.com")]
    [InlineData("ann@example.com\nbob@example.com")]
    [InlineData("ann@example.com,bob")]
    [InlineData("<ann@example.com>")]
    [InlineData("an\u200Bn@example.com")]
    [InlineData("an\u202En@example.com")]
    [InlineData("an\0n@example.com")]
    public void What_is_no_address_is_refused(string? typed) => EmailAddress.TryParse(typed, out _).ShouldBeFalse();

    [Fact]
    public void A_card_number_is_no_address() => EmailAddress.TryParse($"{VaultSamples.Visa}@example.com", out _).ShouldBeFalse();

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, false)]
    public void An_address_has_at_most_254_characters(int length, bool taken) =>
        EmailAddress.TryParse($"{new string('a', length - 12)}@example.com", out _).ShouldBe(taken);
}
