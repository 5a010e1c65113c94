using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tests.Unit.Cards;

[Collection(nameof(SecretMemory))]
public sealed class CardNumberDisposalTests
{
    [Fact]
    public void After_disposal_the_digits_cannot_be_had()
    {
        var number = VaultSamples.Number(VaultSamples.Visa);
        number.Dispose();

        Should.Throw<ObjectDisposedException>(() => number.Reveal().Length);
        number.ToString().ShouldBe("41111111****1111");
    }

    [Fact]
    public void Disposal_zeroes_the_digits()
    {
        var number = VaultSamples.Number(VaultSamples.Visa);
        var digits = number.Reveal();
        number.Dispose();

        digits.IndexOfAnyExcept((byte)0).ShouldBe(-1);
    }

    [Fact]
    public void Disposing_the_card_disposes_its_number()
    {
        var card = VaultSamples.Card();
        card.Dispose();
        card.Dispose();

        Should.Throw<ObjectDisposedException>(() => card.Number.Reveal().Length);
    }
}
