using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Sandbox;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Sandbox;

/// <summary>The throwaway sandboxes of the account.</summary>
public sealed partial class ThrowawayPanel
{
    private ThrowawaySandboxes? _list;
    private string? _trouble;

    /// <summary>Manages the throwaway sandboxes.</summary>
    [Inject]
    public required ISandboxes Sandboxes { get; init; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var answer = await AskAsync(who => Sandboxes.ListAsync(who, CancellationToken.None));
        (_list, _trouble) = (answer?.Value, answer?.Refusal?.Message);
    }

    private async Task RemoveAsync(ThrowawaySandbox sandbox)
    {
        var answer = await AskAsync(async who => await Sandboxes.RemoveAsync(who, sandbox.Id) is { } refusal ? refusal : (Result<SignedInMember>)who);
        await OnInitializedAsync();
        _trouble = answer?.Refusal?.Message ?? _trouble;
    }

    private string AddressOf(ThrowawaySandbox sandbox) => PortalUrls.In(
        Selected with { Location = Selected.Location with { Slug = sandbox.Id }, Environment = TenantEnvironment.Sandbox }, PortalUrls.Home);
}
