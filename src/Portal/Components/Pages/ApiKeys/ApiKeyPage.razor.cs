using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Notices;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>An API key: what it may do, how it is used, and the actions on it.</summary>
public sealed partial class ApiKeyPage
{
    private ManagedApiKey? _key;
    private ApiKeyUsageReport? _report;
    private AffectedUse? _use;
    private RollMeter? _meter;
    private IReadOnlyList<RecordedAuditEntry> _entries = [];
    private IReadOnlyList<MemberNotice> _notices = [];
    private KeyLimitsEditor? _limits;
    private Refusal? _refusal;
    private string? _fault;
    private bool _mayManage;
    private bool _mayReadLogs;

    /// <summary>The key's number.</summary>
    [Parameter]
    public long Id { get; set; }

    /// <summary>Manages the API keys.</summary>
    [Inject]
    public required IApiKeyService Keys { get; init; }

    /// <summary>Reports how the keys are used.</summary>
    [Inject]
    public required IApiKeyInsight Insight { get; init; }

    /// <summary>Lists the notices for members.</summary>
    [Inject]
    public required IMemberNotices Notices { get; init; }

    /// <summary>Shows that the key was retired, and offers to undo it.</summary>
    [Inject]
    public required UndoToasts Toasts { get; init; }

    /// <summary>The clock that determines statuses.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    private ApiKeyId KeyId => new(Id);

    private ApiKeyStatus Status => _key!.StatusAt(Clock.GetUtcNow());

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var answer = await AskAsync(who =>
        {
            _mayManage = Keys.RefuseChanges(who, Selected.Environment) is not Refusal.Forbidden;
            _mayReadLogs = RoleTable.Allows(who.Role, Operation.ViewRequestLogs);
            return Keys.GetAsync(who, Selected.Tenant, KeyId, CancellationToken.None);
        });
        (_key, _refusal) = (answer?.Value, answer?.Refusal);
        if (_key is not null)
        {
            _report = (await AskAsync(who => Insight.ReportAsync(who, Selected.Tenant, KeyId, Zone.Zone, CancellationToken.None)))?.Value;
            _entries = (await AskAsync(who => Insight.AuditTrailAsync(who, Selected.Tenant, KeyId, CancellationToken.None)))?.Value?.Entries ?? [];
            _use = _mayManage && _key.DeletedAt is null ? (await AskAsync(who => Insight.FindUseAsync(who, Selected.Tenant, KeyId, CancellationToken.None)))?.Value : null;
            _meter = await ReadMeterAsync();
            var notices = (await AskAsync(who => Notices.ListAsync(who, Selected.Tenant, CancellationToken.None)))?.Value?.Items ?? [];
            _notices = [.. notices.Where(notice => notice.IsUrgent && notice.Key == KeyId)];
        }
    }

    private async Task<RollMeter?> ReadMeterAsync() => (await AskAsync(who => Insight.MeterAsync(who, Selected.Tenant, KeyId, CancellationToken.None)))?.Value;

    private async Task RefreshMeterAsync()
    {
        try
        {
            _meter = await ReadMeterAsync() ?? _meter;
            StateHasChanged();
        }
        catch (UnavailableException)
        {
            // The last counts stay; the next refresh may succeed.
        }
    }

    private Task NarrowAsync(ApiKeyScopes unused) => _limits?.DropAsync(unused) ?? Task.CompletedTask;

    private async Task<Result<ApiKeyDryRun>?> TryAsync(ApiKeyLimits limits)
    {
        var answer = await AskAsync(who => Insight.TryAsync(who, Selected.Tenant, KeyId, limits, CancellationToken.None));
        Show(answer?.Refusal);
        return answer;
    }

    private Task<Refusal?> LimitAsync(ApiKeyLimits limits) => ChangeAsync(who => Keys.LimitAsync(who, Selected.Tenant, KeyId, limits));

    private Task<Refusal?> RenameAsync(string? name) => ChangeAsync(who => Keys.RenameAsync(who, Selected.Tenant, KeyId, name));

    private async Task<Refusal?> RetireAsync(DateTimeOffset? at)
    {
        var refusal = await ChangeAsync(who => Keys.RetireAsync(who, Selected.Tenant, KeyId, at));
        if (refusal is null && Status is ApiKeyStatus.Retired or ApiKeyStatus.Retiring)
        {
            Toasts.Show(at is null ? "Key retired" : "Retirement planned", () => InvokeAsync(BringBackAsync));
        }

        return refusal;
    }

    private Task<Refusal?> BringBackAsync() => ChangeAsync(who => Keys.BringBackAsync(who, Selected.Tenant, KeyId));

    private Task<Refusal?> DeleteAsync(string? typedName) => ChangeAsync(who => Keys.DeleteAsync(who, Selected.Tenant, KeyId, typedName));

    private async Task<Refusal?> ChangeAsync(Func<SignedInMember, Task<Result<ManagedApiKey>>> change)
    {
        var answer = await AskAsync(change);
        Show(answer?.Refusal);
        if (answer is { IsSuccess: true })
        {
            await LoadAsync();
        }

        StateHasChanged();
        return answer?.Refusal;
    }

    // Faults of a field are shown beside it; other refusals are shown here.
    private void Show(Refusal? refusal)
    {
        _fault = refusal is null or Refusal.Invalid ? null : refusal.Message;
        StateHasChanged();
    }
}
