using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>
/// Sends a link to the server without its secret being in an address: js/forms.js fills in what stands behind the "#" of the page's
/// address and sends the form; without script, people paste the link. The page around it has the field that the form fills.
/// </summary>
public sealed partial class OpenLinkForm
{
    /// <summary>A link was sent.</summary>
    [Parameter]
    public EventCallback OnOpen { get; set; }
}
