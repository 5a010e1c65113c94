using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Notices;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Notices;

/// <summary>Shows what needs attention in a tenant. Dismissing a notice hides it for this member only; a toast offers to undo that.</summary>
public sealed partial class NoticesPage
{
    private MemberNoticeList? _notices;
    private Tenant? _shown;
    private string? _fault;

    /// <summary>Lists, dismisses and restores the notices.</summary>
    [Inject]
    public required IMemberNotices MemberNotices { get; init; }

    /// <summary>Tells the bell to count again.</summary>
    [Inject]
    public required NoticeSignal Signal { get; init; }

    /// <summary>Shows what was done, and offers to undo it.</summary>
    [Inject]
    public required UndoToasts Toasts { get; init; }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Selected.Tenant && RendererInfo.IsInteractive)
        {
            (_shown, _notices) = (Selected.Tenant, null);
            await LoadAsync(who => MemberNotices.ListAsync(who, Selected.Tenant, CancellationToken.None));
        }
    }

    private async Task DismissAsync(IReadOnlyList<MemberNotice> notices)
    {
        await LoadAsync(who => MemberNotices.DismissAsync(who, Selected.Tenant, [.. notices.Select(notice => notice.Id)]));
        Signal.Raise();
        Toasts.Show(notices.Count == 1 ? "Notice dismissed" : $"{notices.Count} notices dismissed", () => InvokeAsync(() => RestoreAsync(notices)));
    }

    private async Task RestoreAsync(IReadOnlyList<MemberNotice> notices)
    {
        await LoadAsync(who => MemberNotices.RestoreAsync(who, Selected.Tenant, [.. notices.Select(notice => notice.Id)]));
        Signal.Raise();
        StateHasChanged();
    }

    private async Task LoadAsync(Func<SignedInMember, Task<Result<MemberNoticeList>>> ask)
    {
        try
        {
            var answer = await AskAsync(ask);
            (_notices, _fault) = (answer?.Value ?? _notices, answer?.Refusal?.Message);
        }
        catch (UnavailableException fault)
        {
            _fault = fault.Message;
        }
    }

    private string? AddressOf(MemberNotice notice) =>
        notice.Key is { } key ? PortalUrls.ApiKey(Selected, key) : notice.Webhook is { } webhook ? PortalUrls.WebhookEndpoint(Selected, webhook) : null;
}
