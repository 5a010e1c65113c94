using Dojo.Pci.Portal.Logging;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Status;

/// <summary>
/// The page that a browser gets when the portal has failed. A plain page without a circuit, so that it does not depend on what broke.
/// </summary>
public sealed partial class ErrorPage
{
    private const string Code = "Error";

    private string _traceId = "";
    private string _title = "";
    private string _text = "";

    /// <summary>The request that failed.</summary>
    [CascadingParameter]
    public HttpContext? Http { get; set; }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _traceId = TraceIds.Current();
        (_title, _text) = Http?.Response.StatusCode switch
        {
            StatusCodes.Status503ServiceUnavailable => (
                "Busy at the moment",
                $"The portal has more to do than it can take, or cannot reach what it stores. Wait {Wait}, then go back and try again."),
            >= 400 and < 500 => (
                "This request cannot be taken",
                "The address, or what was sent to it, is not something the portal takes. Nothing was changed."),
            _ => (
                "Something went wrong",
                "The portal could not finish this. The fault is in the log under the trace id below, by which an operator can find it."),
        };
    }

    private string Wait => Http?.Response.Headers.RetryAfter is [{ } seconds] && seconds != "1" ? $"{seconds} seconds" : "a second";
}
