using Dojo.Pci.Portal.Security;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>A notice above a page with forms: why the submitted form was not accepted, or why no form will be.</summary>
public sealed partial class FormNotice
{
    internal const string Stale =
        "Nothing was changed: the form you sent belonged to an older copy of this page. You have signed in or out since, perhaps in another tab, or the portal was restarted. Fill it in again.";

    internal const string NoCookies =
        "Your browser does not keep the cookies that sign you in at a plain-HTTP address. Open the portal at https://, or on its own machine at http://localhost.";

    private string? _text;

    /// <summary>The request; null in a circuit.</summary>
    [CascadingParameter]
    public HttpContext? Http { get; set; }

    /// <inheritdoc />
    protected override void OnInitialized() => _text = Http switch
    {
        null => null,
        { Request.IsHttps: false } when !LocalHosts.Includes(Http.Request.Host) => NoCookies,
        _ => StaleForm.IsOf(Http) ? Stale : null,
    };
}
