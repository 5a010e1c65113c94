using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>Ends a key: for good, once its name was typed, or so that it can be brought back.</summary>
public sealed partial class KeyDeletion
{
    private string _typed = "";
    private IReadOnlyList<FieldError> _faults = [];

    /// <summary>What it is called.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>What it is used for; null while that is not known.</summary>
    [Parameter, EditorRequired]
    public required AffectedUse? Use { get; set; }

    /// <summary>When it was last used; null when it never was.</summary>
    [Parameter]
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>Whether retiring it is another way.</summary>
    [Parameter]
    public bool CanRetire { get; set; }

    /// <summary>Deletes it; answers why not.</summary>
    [Parameter, EditorRequired]
    public required Func<string?, Task<Refusal?>> Delete { get; set; }

    /// <summary>Retires it now; answers why not.</summary>
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
