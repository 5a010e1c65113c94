using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Tokens;

/// <summary>The order in which tokens are listed.</summary>
public enum TokenSort
{
    /// <summary>Newest first.</summary>
    Newest,

    /// <summary>Oldest first.</summary>
    Oldest,

    /// <summary>By reference, folded (<see cref="FoldedText"/>) and compared byte by byte; equal references in the order of creation.</summary>
    Reference,

    /// <summary>By reference, in the reverse order.</summary>
    ReferenceDescending,
}

/// <summary>Which tokens to list. A token must match every property that is set; a null or empty one matches any token.</summary>
public sealed record TokenSearch
{
    /// <summary>The maximum length of a text to search for, in characters: no reference is longer.</summary>
    public const int LongestText = 60;

    /// <summary>The complete id of a token.</summary>
    public string? Id { get; init; }

    /// <summary>The beginning of the reference, regardless of case and accents (<see cref="FoldedText"/>).</summary>
    public string? ReferencePrefix { get; init; }

    /// <summary>A part of the reference, regardless of case and accents.</summary>
    public string? ReferencePart { get; init; }

    /// <summary>The last four digits of the card.</summary>
    public string? LastFour { get; init; }

    /// <summary>The statuses, of which the token has one.</summary>
    public EnumSet<SetupIntentStatus> Statuses { get; init; }

    /// <summary>The card schemes, of which the card has one.</summary>
    public EnumSet<CardScheme> Schemes { get; init; }

    /// <summary>The earliest time of creation, inclusive.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>The latest time of creation, exclusive.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>The order.</summary>
    public TokenSort Sort { get; init; }

    /// <summary>Whether anything but the order is set.</summary>
    public bool IsFiltered => this != new TokenSearch { Sort = Sort };
}
