using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Metrics;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Home;

/// <summary>Shows a new member what to do next.</summary>
public sealed partial class FirstStepsPanel
{
    /// <summary>The steps that are done already.</summary>
    [Parameter, EditorRequired]
    public required FirstSteps Steps { get; set; }

    /// <summary>Raised when the reader dismisses the steps.</summary>
    [Parameter]
    public EventCallback OnDismiss { get; set; }

    /// <summary>The location and environment that the links lead to.</summary>
    [CascadingParameter]
    public required SelectedTenant Selected { get; set; }

    private IReadOnlyList<Step> List =>
    [
        new(1, Steps.HasKey, "Create an API key", "Your systems sign in with it. It is shown once.", "Create a key", PortalUrls.NewApiKey(Selected)),
        Selected.Environment == TenantEnvironment.Sandbox
            ? new(2, Steps.HasToken, "Turn a card into a token", "Run the curl command that was shown with your key, or send a published test card under Tokens. The token appears there at once.", "Open tokens", PortalUrls.In(Selected, PortalUrls.Tokens))
            : new(2, Steps.HasToken, "Turn a card into a token", "With the key, from your terminal: each new key is shown with a curl command that works when pasted.", "See tokens", PortalUrls.In(Selected, PortalUrls.Tokens)),
        new(3, Steps.HasWebhook, "Receive a webhook", "Add an endpoint, or the built-in inspector, which needs no server, and verify the events that it receives.", "Go to webhooks", PortalUrls.In(Selected, PortalUrls.WebhookEndpoints)),
    ];

    private Step? Next => List.FirstOrDefault(step => !step.IsDone);

    private sealed record Step(int Number, bool IsDone, string Title, string Note, string Verb, string Address);
}
