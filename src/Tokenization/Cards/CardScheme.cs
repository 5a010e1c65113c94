namespace Dojo.Pci.Tokenization.Cards;

/// <summary>
/// The card scheme to which a number's issuer prefix belongs. It is a label for people and for the sandbox: public prefix tables
/// disagree at their edges, so no production card is ever refused because of its scheme.
/// </summary>
public enum CardScheme
{
    /// <summary>No known prefix.</summary>
    Unknown = 0,

    /// <summary>Visa.</summary>
    Visa = 1,

    /// <summary>Mastercard, both the 51–55 and the 2221–2720 series.</summary>
    Mastercard = 2,

    /// <summary>Maestro.</summary>
    Maestro = 3,

    /// <summary>American Express.</summary>
    AmericanExpress = 4,

    /// <summary>Diners Club.</summary>
    DinersClub = 5,

    /// <summary>Discover.</summary>
    Discover = 6,

    /// <summary>JCB.</summary>
    Jcb = 7,

    /// <summary>UnionPay.</summary>
    UnionPay = 8,

    /// <summary>RuPay.</summary>
    RuPay = 9,

    /// <summary>Mir.</summary>
    Mir = 10,

    /// <summary>Elo.</summary>
    Elo = 11,

    /// <summary>Troy.</summary>
    Troy = 12,

    /// <summary>Verve.</summary>
    Verve = 13,

    /// <summary>Dankort.</summary>
    Dankort = 14,

    /// <summary>UATP.</summary>
    Uatp = 15,
}
