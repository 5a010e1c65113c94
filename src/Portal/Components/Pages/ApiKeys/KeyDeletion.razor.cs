using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>Deletes a key for good once its name is typed, or retires it so that it can be brought back.</summary>
public sealed partial class KeyDeletion
{
    private string _typed = "";
    private IReadOnlyList<FieldError> _faults = [];

    /// <summary>The name of the key.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>What the key is used for; null if it is not known.</summary>
    [Parameter, EditorRequired]
    public required AffectedUse? Use { get; set; }

    /// <summary>When the key was last used; null for never.</summary>
    [Parameter]
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>Whether the key can be retired instead.</summary>
    [Parameter]
    public bool CanRetire { get; set; }

    /// <summary>Deletes the key, given the typed name. Returns the refusal; null on success.</summary>
    [Parameter, EditorRequired]
    public required Func<string?, Task<Refusal?>> Delete { get; set; }

    /// <summary>Retires the key at an instant, null for now. Returns the refusal; null on success.</summary>
    [Parameter, EditorRequired]
    public required Func<DateTimeOffset?, Task<Refusal?>> Retire { get; set; }

    private string? Fault => _faults is [var first, ..] ? first.Message : null;

    private async Task SubmitAsync()
    {
        var refusal = await Delete(_typed);
        _typed = "";
        _faults = (refusal as Refusal.Invalid)?.Errors ?? [];
    }
}
