using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>An attempt to deliver an event: what was sent, and what came back.</summary>
public sealed partial class DeliveryAttempt
{
    /// <summary>The attempt.</summary>
    [Parameter, EditorRequired]
    public required ShownWebhookAttempt Attempt { get; set; }

    /// <summary>Whether it is shown in full from the start.</summary>
    [Parameter]
    public bool IsOpen { get; set; }

    private string? Note => Attempt.ResponseNote switch
    {
        WebhookResponseNote.Cut => "Only part of the body is kept: the first 16 KiB, or what arrived in time.",
        WebhookResponseNote.CardNumber => "The body is not kept: it looks as if it contains a card number. A receiver should answer without card data.",
        WebhookResponseNote.NoText => "The body is not kept: it is not text.",
        _ => null,
    };
}
