using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>
/// Sends a link to the server without its secret in an address. js/forms.js fills in the part of the page's address after the "#" and submits the
/// form; without script, people paste the link. The page around the form has the field that it fills.
/// </summary>
public sealed partial class OpenLinkForm
{
    /// <summary>Raised when a link is submitted.</summary>
    [Parameter]
    public EventCallback OnOpen { get; set; }
}
