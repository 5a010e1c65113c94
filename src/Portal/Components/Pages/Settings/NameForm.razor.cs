using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Settings;

/// <summary>Changes a name in place.</summary>
public sealed partial class NameForm
{
    private readonly string _id = $"{Guid.NewGuid():N}";
    private string? _known;
    private string _typed = "";
    private string? _fault;
    private bool _isSaved;
    private bool _isSaving;

    /// <summary>The label, which says whose name it is.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The current name.</summary>
    [Parameter, EditorRequired]
    public required string Value { get; set; }

    /// <summary>Whether the member may change the name.</summary>
    [Parameter]
    public bool MayChange { get; set; }

    /// <summary>Saves the name. Returns the refusal; null on success.</summary>
    [Parameter, EditorRequired]
    public required Func<string?, Task<Refusal?>> Save { get; set; }

    /// <summary>The label of the button.</summary>
    [Parameter]
    public string Verb { get; set; } = "Save";

    /// <summary>The <c>data-testid</c> by which tests find the element.</summary>
    [Parameter]
    public string? TestId { get; set; }

    private string FaultId => $"name-{_id}";

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        // Typed text is kept unless the name itself has changed.
        if (_known != Value)
        {
            _known = _typed = Value;
        }
    }

    private async Task SaveAsync()
    {
        _isSaving = true;
        var refusal = await Save(_typed);
        _isSaving = false;
        _fault = refusal is Refusal.Invalid invalid ? invalid.Errors[0].Message : refusal?.Message;
        _isSaved = _fault is null;
    }
}
