using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Portal.Api.PaymentIntents;

/// <summary>The payment methods that shoppers can use: the card schemes that Dojo's clients know by name, and no wallets.</summary>
internal sealed record SupportedPaymentMethodsResponse(IReadOnlyList<string> CardSchemes, IReadOnlyList<string> Wallets)
{
    public static readonly SupportedPaymentMethodsResponse All = new(
        [
            .. new[] { CardScheme.Visa, CardScheme.Mastercard, CardScheme.Maestro, CardScheme.Discover, CardScheme.DinersClub, CardScheme.AmericanExpress }
                .Select(CardSchemeSpelling.ForApi),
        ],
        []);
}
