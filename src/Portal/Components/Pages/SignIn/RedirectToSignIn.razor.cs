using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>Stands where a page was when its session ended, and leads to the sign-in and from there back.</summary>
public sealed partial class RedirectToSignIn
{
    /// <summary>Where the page is.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <inheritdoc />
    protected override void OnInitialized() =>
        Navigation.NavigateTo(PortalUrls.SignInFor($"/{Navigation.ToBaseRelativePath(Navigation.Uri)}"), forceLoad: true);
}
