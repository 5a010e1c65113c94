using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>Shows the health of an endpoint, changes its URL and its events, and deletes it.</summary>
public sealed partial class EndpointOverview
{
    private WebhookEndpoint? _shown;
    private string _url = "";
    private string _description = "";
    private string _typed = "";
    private HashSet<string> _events = new(StringComparer.Ordinal);
    private IReadOnlyList<FieldError> _faults = [];
    private bool _saved;

    /// <summary>The endpoint.</summary>
    [Parameter, EditorRequired]
    public required WebhookEndpoint Endpoint { get; set; }

    /// <summary>Whether to offer the actions that change the endpoint.</summary>
    [Parameter]
    public bool MayManage { get; set; }

    /// <summary>Changes the endpoint. Returns the refusal; null on success.</summary>
    [Parameter, EditorRequired]
    public required Func<WebhookDraft, Task<Refusal?>> Save { get; set; }

    /// <summary>Deletes the endpoint, given the typed text. Returns the refusal; null on success.</summary>
    [Parameter, EditorRequired]
    public required Func<string?, Task<Refusal?>> Delete { get; set; }

    private string Basis => Endpoint.Health.Attempts switch
    {
        0 => $"Nothing was sent in the last {WebhookHealth.Days} days.",
        WebhookHealth.MostAttempts => $"Of the newest {WebhookHealth.MostAttempts:N0} attempts.",
        var attempts => $"Of {WebhookWords.Count(attempts, "attempt")} in the last {WebhookHealth.Days} days.",
    };

    private bool IsEdited => _url != Endpoint.Url || _description != (Endpoint.Description ?? "") || !_events.SetEquals(Endpoint.Events);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        // Edits survive a new rendering; a changed endpoint replaces them.
        if (_shown is null || (_shown.Url, _shown.Description) != (Endpoint.Url, Endpoint.Description) || !_shown.Events.SequenceEqual(Endpoint.Events, StringComparer.Ordinal))
        {
            (_url, _description, _events) = (Endpoint.Url, Endpoint.Description ?? "", new HashSet<string>(Endpoint.Events, StringComparer.Ordinal));
        }

        _shown = Endpoint;
    }

    private string? FaultOf(string field) => _faults.FirstOrDefault(fault => fault.Field == field)?.Message;

    private void Edit(Action edit)
    {
        edit();
        (_faults, _saved) = ([], false);
    }

    private void Choose(string name, bool chosen) => _ = chosen ? _events.Add(name) : _events.Remove(name);

    private async Task SaveAsync()
    {
        var refusal = await Save(new WebhookDraft(_url, _description, [.. WebhookEvents.Names.Where(_events.Contains)]));
        _faults = (refusal as Refusal.Invalid)?.Errors ?? [];
        _saved = refusal is null;
    }

    private async Task DeleteAsync()
    {
        await Delete(_typed);
        _typed = "";
    }
}
