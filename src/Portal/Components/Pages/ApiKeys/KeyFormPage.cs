using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>A form that makes a key, and the answer that shows it, once. Sending the form again makes no second key and shows none.</summary>
public abstract class KeyFormPage : SecretFormPage
{
    /// <summary>The keys.</summary>
    [Inject]
    public required IApiKeyService Keys { get; init; }

    /// <summary>The clock that lives are counted from.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>The key that was made just now.</summary>
    protected MadeApiKey? Made { get; private set; }

    /// <summary>Asks before anything is written whether the member may make keys here: anyone who must confirm first, does so now.</summary>
    protected Task AskWhetherAllowedAsync() => AskWhetherAllowedAsync(who => Keys.RefuseChanges(who, Selected.Environment));

    /// <summary>Takes the vault's answer. A name that was refused is not repeated: it may be a card number or a key.</summary>
    protected void Take(Result<MadeApiKey>? answer, KeyForm input)
    {
        Made = answer?.Value;
        Take(answer?.Refusal);
        Fault ??= Faults.FirstOrDefault(fault => fault.Field == nameof(KeyForm.FormId))?.Message;
        input.Name = Faults.Any(fault => fault.Field == nameof(KeyForm.Name)) ? "" : input.Name;
    }

    /// <summary>A time that cannot be read.</summary>
    protected void TakeUnreadableExpiry() => Faults = [new FieldError(nameof(KeyForm.ExpiresAt), "Choose a date and a time.")];
}
