using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>A form that creates a key, and the response that shows it once. Sending the form again creates no second key and shows none.</summary>
public abstract class KeyFormPage : SecretFormPage
{
    /// <summary>Manages the API keys.</summary>
    [Inject]
    public required IApiKeyService Keys { get; init; }

    /// <summary>The clock that lifetimes are counted from.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>The key that was just created; null if there is none.</summary>
    protected MadeApiKey? Made { get; private set; }

    /// <summary>
    /// Checks, before the form is filled in, whether the member may create keys here. A member who must confirm first is sent to do so now.
    /// </summary>
    protected Task AskWhetherAllowedAsync() => AskWhetherAllowedAsync(who => Keys.RefuseChanges(who, Selected.Environment));

    /// <summary>Takes the vault's result. A refused name is not shown again, because it may be a card number or a key.</summary>
    protected void Take(Result<MadeApiKey>? answer, KeyForm input)
    {
        Made = answer?.Value;
        Take(answer?.Refusal);
        Fault ??= Faults.FirstOrDefault(fault => fault.Field == nameof(KeyForm.FormId))?.Message;
        input.Name = Faults.Any(fault => fault.Field == nameof(KeyForm.Name)) ? "" : input.Name;
    }

    /// <summary>Reports an expiry that cannot be read.</summary>
    protected void TakeUnreadableExpiry() => Faults = [new FieldError(nameof(KeyForm.ExpiresAt), "Choose a date and a time.")];
}
