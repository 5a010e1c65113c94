using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Status;

/// <summary>What a browser gets for an address that leads nowhere.</summary>
public sealed partial class NotFoundPage
{
    /// <summary>The request, while there is one; a circuit has none.</summary>
    [CascadingParameter]
    public HttpContext? Http { get; set; }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        if (Http is { Response.HasStarted: false } http)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
