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
                $"The portal is overloaded or cannot reach its storage. Wait {Wait}, then go back and try again."),
            >= 400 and < 500 => (
                "This request cannot be accepted",
                "The portal does not accept this address or what was sent to it. Nothing was changed."),
            _ => (
                "Something went wrong",
                "The portal could not finish this. The error is in the log under the trace id below, which lets an operator find it."),
        };
    }

    private string Wait => Http?.Response.Headers.RetryAfter is [{ } seconds] && seconds != "1" ? $"{seconds} seconds" : "a second";
}
