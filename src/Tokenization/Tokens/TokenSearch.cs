using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>In which order tokens are listed.</summary>
public enum TokenSort
{
    /// <summary>The newest first.</summary>
    Newest,

    /// <summary>The oldest first.</summary>
    Oldest,

    /// <summary>By reference, folded (<see cref="FoldedText"/>), byte by byte; equal ones in the order of creation.</summary>
    Reference,

    /// <summary>By reference, the other way round.</summary>
    ReferenceDescending,
}

/// <summary>Which tokens to list; null for any. Everything that is given must hold.</summary>
public sealed record TokenSearch
{
    /// <summary>The longest text that is looked for: no reference is longer.</summary>
    public const int LongestText = 60;

    /// <summary>The token itself, in full.</summary>
    public string? Id { get; init; }

    /// <summary>What the reference begins with, regardless of case and accents (<see cref="FoldedText"/>).</summary>
    public string? ReferencePrefix { get; init; }

    /// <summary>What the reference contains, regardless of case and accents.</summary>
    public string? ReferencePart { get; init; }

    /// <summary>The last four digits of the card.</summary>
    public string? LastFour { get; init; }

    /// <summary>The statuses, one of which it has.</summary>
    public EnumSet<SetupIntentStatus> Statuses { get; init; }

    /// <summary>The schemes, one of which its card is of.</summary>
    public EnumSet<CardScheme> Schemes { get; init; }

    /// <summary>The earliest creation.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>The first creation too late.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>The order.</summary>
    public TokenSort Sort { get; init; }

    /// <summary>Whether anything is asked for but an order.</summary>
    public bool IsFiltered => this != new TokenSearch { Sort = Sort };
}
