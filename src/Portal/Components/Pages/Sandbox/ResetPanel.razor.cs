using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Sandbox;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Sandbox;

/// <summary>Empties a sandbox once the name of its location is typed, and shows the progress.</summary>
public sealed partial class ResetPanel
{
    private ResetProgress? _progress;
    private bool _wasAsked;
    private string _typed = "";
    private string? _trouble;

    /// <summary>Empties the sandbox, and reports the progress.</summary>
    [Inject]
    public required ISandboxControls Controls { get; init; }

    /// <inheritdoc />
    protected override bool IsUnderWay => _progress is not null;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => ReadAsync();

    /// <inheritdoc />
    protected override async Task LookAsync()
    {
        var answer = await AskAsync(who => Controls.ReadAsync(who, Selected.Tenant, CancellationToken.None));
        _progress = answer?.Value?.Reset;
        _wasAsked |= _progress is not null;
    }

    private static double ShareOf(ResetProgress progress) => progress.Tokens == 0 ? Whole : Math.Min(Whole, progress.Erased * Whole / progress.Tokens);

    private async Task ResetAsync()
    {
        var answer = await AskAsync(async who => await Controls.ResetAsync(who, Selected.Tenant, _typed) is { } refusal ? refusal : (Result<SignedInMember>)who);
        _typed = "";
        _trouble = answer?.Refusal is Refusal.Invalid invalid ? invalid.Errors[0].Message : answer?.Refusal?.Message;
        _wasAsked = answer is { IsSuccess: true };
        await ReadAsync();
    }
}
