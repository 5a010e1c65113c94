using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace Dojo.Pci.Portal.Components;

/// <summary>The HTML document around every page. It alone decides each page's render mode.</summary>
public sealed partial class App
{
    /// <summary>The request that this document answers.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>The visitor's theme, known before the first byte so that the page never flashes in the wrong one.</summary>
    private ThemeChoice Theme => ThemeChoices.Read(Http.Request);

    /// <summary>A page that takes a secret or sets a cookie opts out of the circuit with <c>[ExcludeFromInteractiveRouting]</c>.</summary>
    private InteractiveServerRenderMode? Mode => Http.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;

    /// <summary>The scripts of <c>wwwroot/js</c> that this document needs. They listen on the document and need no call from the server.</summary>
    private IEnumerable<string> Modules
    {
        get
        {
            string[] everywhere = ["theme", "zone", "clipboard", "keyboard"];
            string[] here = Mode is null ? ["forms", "passkeys"] : ["places", "dialogs", "reconnect"];
            string[] session = Http.User.Identity is { IsAuthenticated: true } ? ["session", "times"] : [];
            return [.. everywhere, .. here, .. session];
        }
    }
}
