using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>Check boxes for the scopes of a key.</summary>
public sealed partial class ScopeChoice
{
    /// <summary>The ticked scopes.</summary>
    [Parameter, EditorRequired]
    public ApiKeyScopes Scopes { get; set; }

    /// <summary>The environment of the key.</summary>
    [Parameter, EditorRequired]
    public TenantEnvironment Environment { get; set; }

    /// <summary>Raised on every change.</summary>
    [Parameter]
    public EventCallback<ApiKeyScopes> Changed { get; set; }

    private Task Toggle(ApiKeyScopes scope, bool ticked) => Changed.InvokeAsync(ticked ? Scopes | scope : Scopes & ~scope);
}
