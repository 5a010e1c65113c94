using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Where a token is in its life. Of one that was created and got no further, also why.</summary>
public sealed partial class TokenStatus
{
    /// <summary>Its status.</summary>
    [Parameter, EditorRequired]
    public SetupIntentStatus Status { get; set; }

    /// <summary>What came of its card.</summary>
    [Parameter]
    public TokenOutcome Outcome { get; set; }

    private string Text => (Status, Outcome) switch
    {
        (SetupIntentStatus.Created, TokenOutcome.Declined) => "Declined",
        (SetupIntentStatus.Created, TokenOutcome.Unknown) => "Pending",
        (SetupIntentStatus.CardExpired, _) => "Card expired",
        _ => Status.ToString(),
    };

    private Tone Tone => (Status, Outcome) switch
    {
        (SetupIntentStatus.Authorized or SetupIntentStatus.Completed, _) => Tone.Good,
        (SetupIntentStatus.Created, TokenOutcome.Declined) => Tone.Bad,
        (SetupIntentStatus.Created, TokenOutcome.Unknown) or (SetupIntentStatus.CardExpired, _) => Tone.Warning,
        _ => Tone.Neutral,
    };
}
