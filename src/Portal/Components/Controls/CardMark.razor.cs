using Dojo.Pci.Tokenization.Cards;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>The scheme of a card as a small badge.</summary>
public sealed partial class CardMark
{
    /// <summary>The scheme.</summary>
    [Parameter, EditorRequired]
    public CardScheme Scheme { get; set; }

    private string Letters => Scheme switch
    {
        CardScheme.Visa => "VISA",
        CardScheme.Mastercard => "MC",
        CardScheme.Maestro => "MAE",
        CardScheme.AmericanExpress => "AMEX",
        CardScheme.DinersClub => "DCI",
        CardScheme.Discover => "DISC",
        CardScheme.UnionPay => "UPAY",
        CardScheme.Dankort => "DK",
        CardScheme.RuPay => "RUPY",
        CardScheme.Verve => "VRVE",
        CardScheme.Unknown => "CARD",
        _ => Scheme.ToString().ToUpperInvariant(),
    };
}
