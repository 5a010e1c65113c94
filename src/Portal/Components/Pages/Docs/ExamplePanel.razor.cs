using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Docs;
using Dojo.Pci.Portal.Docs.Samples;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Docs;

/// <summary>
/// Lets a member send the corrected request of an error page to their sandbox, and shows the response; other readers are told to sign in. The
/// server composes the request: nothing of it comes from the browser.
/// </summary>
public sealed partial class ExamplePanel
{
    private SignedInMember? _who;
    private ReplayedRequest? _sent;
    private string _answer = "";
    private string? _fault;

    /// <summary>The error code of the page.</summary>
    [Parameter, EditorRequired]
    public required string Code { get; set; }

    /// <summary>The corrected request: a tokenization.</summary>
    [Parameter, EditorRequired]
    public required SampleRequest Request { get; set; }

    /// <summary>Finds the signed-in member.</summary>
    [Inject]
    public required ICurrentMember Current { get; init; }

    /// <summary>Sends the request.</summary>
    [Inject]
    public required IRequestReplay Replay { get; init; }

    /// <summary>Reads the request's body as the API does.</summary>
    [Inject]
    public required IReplayedBody Body { get; init; }

    /// <summary>Writes the response as the API does.</summary>
    [Inject]
    public required ISetupIntentJson Json { get; init; }

    private string Address => $"/{Navigation.ToBaseRelativePath(Navigation.Uri)}";

    /// <summary>Whether the panel can send a request.</summary>
    internal static bool CanSend(SampleRequest request) => request is { Method: "POST", Body: not null, Address.AbsolutePath: IRequestReplay.Route };

    // The sandbox, even if the member has selected production.
    private SelectedTenant? Sandbox => Place is null ? null : Place with { Environment = TenantEnvironment.Sandbox };

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => _who = await Current.FindAsync();

    private async Task SendAsync()
    {
        if (_who is not { } who || Sandbox is not { } place)
        {
            return;
        }

        try
        {
            var sent = await Replay.SendExampleAsync(who, place.Tenant, Code, PublishedVersion.Newest, Body.Read(SampleJson.Compact(Request.Body!)), CancellationToken.None);
            (_sent, _fault) = (sent.Value, sent.Refusal?.Message);
        }
        catch (UnavailableException fault)
        {
            _fault = fault.Message;
        }

        _answer = _sent switch
        {
            { Token: { } token } => Json.Write(token),
            { Problem: { } problem } => problem.Detail ?? string.Join('\n', problem.Errors.Select(error => $"{error.Field}: {error.Message}")),
            _ => "",
        };
    }
}
