using Dojo.Pci.Portal.Components.Ui;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>What happened to a token, and why, and by whom; the latest first.</summary>
public sealed partial class TokenTimeline
{
    /// <summary>What happened, oldest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<TimelineEntry> Entries { get; set; }

    private static string TitleOf(SetupIntentEventType type) => type switch
    {
        SetupIntentEventType.CardExpired => "Card expired",
        SetupIntentEventType.Completed => "Charged",
        SetupIntentEventType.CardDataDestroyed => "Card data destroyed",
        SetupIntentEventType.AuthorizationUnknown => "Authorization not known",
        _ => type.ToString(),
    };

    private static Tone ToneOf(SetupIntentEventType type) => type switch
    {
        SetupIntentEventType.Authorized or SetupIntentEventType.Completed => Tone.Good,
        SetupIntentEventType.Declined => Tone.Bad,
        SetupIntentEventType.AuthorizationUnknown or SetupIntentEventType.CardExpired => Tone.Warning,
        _ => Tone.Neutral,
    };

    private static string Sentence(string cause) => cause.Length == 0 ? "Recorded" : char.ToUpperInvariant(cause[0]) + cause[1..];
}
