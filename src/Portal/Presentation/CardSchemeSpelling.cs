using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Portal.Presentation;

/// <summary>The spelling of a card scheme in Dojo's API, and for people.</summary>
internal static class CardSchemeSpelling
{
    public static string ForApi(CardScheme scheme) => scheme switch
    {
        CardScheme.AmericanExpress => "AMEX",
        CardScheme.DinersClub => "DCI",
        _ => scheme.ToString().ToUpperInvariant(),
    };

    public static string ForPeople(CardScheme scheme) => scheme switch
    {
        CardScheme.AmericanExpress => "American Express",
        CardScheme.DinersClub => "Diners Club",
        CardScheme.Jcb => "JCB",
        CardScheme.Uatp => "UATP",
        _ => scheme.ToString(),
    };
}
