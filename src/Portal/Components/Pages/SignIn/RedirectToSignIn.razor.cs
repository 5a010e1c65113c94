using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>Replaces a page whose session has ended. Redirects to the sign-in, which leads back to the page.</summary>
public sealed partial class RedirectToSignIn
{
    /// <summary>Provides the page's address and navigates.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <inheritdoc />
    protected override void OnInitialized() =>
        Navigation.NavigateTo(PortalUrls.SignInFor($"/{Navigation.ToBaseRelativePath(Navigation.Uri)}"), forceLoad: true);
}
