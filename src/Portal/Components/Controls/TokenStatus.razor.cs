using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Shows the status of a token. For a token that is still <c>Created</c>, also shows why.</summary>
public sealed partial class TokenStatus
{
    /// <summary>The token's status.</summary>
    [Parameter, EditorRequired]
    public SetupIntentStatus Status { get; set; }

    /// <summary>The outcome of the token's card.</summary>
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
