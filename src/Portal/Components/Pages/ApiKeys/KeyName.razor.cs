using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>Renames a key.</summary>
public sealed partial class KeyName
{
    private string? _shown;
    private string _name = "";
    private IReadOnlyList<FieldError> _faults = [];

    /// <summary>The name of the key.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>Renames the key. Returns the refusal; null on success.</summary>
    [Parameter, EditorRequired]
    public required Func<string?, Task<Refusal?>> Rename { get; set; }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (_shown != Name)
        {
            (_shown, _name) = (Name, Name);
        }
    }

    private string? Fault => _faults is [var first, ..] ? first.Message : null;

    private async Task SubmitAsync() => _faults = (await Rename(_name) as Refusal.Invalid)?.Errors ?? [];
}
