using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Dojo.Pci.Portal.Components.Pages.Tokens;

/// <summary>Shows what happened to a token, why, and by whom; newest first.</summary>
public sealed partial class TokenTimeline
{
    /// <summary>The entries, oldest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<TimelineEntry> Entries { get; set; }

    private static string TitleOf(SetupIntentEventType type) => type switch
    {
        SetupIntentEventType.CardExpired => "Card expired",
        SetupIntentEventType.Completed => "Charged",
        SetupIntentEventType.CardDataDestroyed => "Card data destroyed",
        SetupIntentEventType.AuthorizationUnknown => "Authorization unknown",
        _ => type.ToString(),
    };

    private static Color ColorOf(SetupIntentEventType type) => type switch
    {
        SetupIntentEventType.Authorized or SetupIntentEventType.Completed => Color.Success,
        SetupIntentEventType.Declined => Color.Error,
        SetupIntentEventType.AuthorizationUnknown or SetupIntentEventType.CardExpired => Color.Warning,
        _ => Color.Default,
    };

    private static string Sentence(string cause) => cause.Length == 0 ? "Recorded" : char.ToUpperInvariant(cause[0]) + cause[1..];
}
