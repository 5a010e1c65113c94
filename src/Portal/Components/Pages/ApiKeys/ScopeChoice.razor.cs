using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>The scopes of a key, to be ticked.</summary>
public sealed partial class ScopeChoice
{
    /// <summary>Those that are ticked.</summary>
    [Parameter, EditorRequired]
    public ApiKeyScopes Scopes { get; set; }

    /// <summary>Where the key is for.</summary>
    [Parameter, EditorRequired]
    public TenantEnvironment Environment { get; set; }

    /// <summary>Hears of every change.</summary>
    [Parameter]
    public EventCallback<ApiKeyScopes> Changed { get; set; }

    private Task Toggle(ApiKeyScopes scope, bool ticked) => Changed.InvokeAsync(ticked ? Scopes | scope : Scopes & ~scope);
}
