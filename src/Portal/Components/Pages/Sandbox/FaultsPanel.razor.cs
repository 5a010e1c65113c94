using Dojo.Pci.Portal.Components.Layout;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Faults;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Sandbox;

/// <summary>Sets and ends the faults of a sandbox.</summary>
public sealed partial class FaultsPanel
{
    private static readonly (string Legend, FaultPlace Place)[] s_places =
        [("Requests to the API", FaultPlace.Request), ("The acquirer", FaultPlace.Attempt), ("Webhooks", FaultPlace.Delivery)];

    private readonly Dictionary<FaultKind, int> _amounts = [];
    private ActiveFaults? _active;
    private int? _length = 10;
    private bool _byRequests;
    private string? _trouble;

    /// <summary>Reads, sets and ends the faults.</summary>
    [Inject]
    public required ISandboxFaults Faults { get; init; }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => ReadAsync();

    private static string UnitOf(bool byRequests) => byRequests ? "requests" : "minutes";

    private int? AmountOf(FaultKind kind) => _amounts.TryGetValue(kind, out var amount) && amount > 0 ? amount : null;

    private async Task ReadAsync() => _active = await Faults.FindAsync(Selected.Tenant, CancellationToken.None);

    private async Task SetAsync()
    {
        var span = _byRequests ? new FaultSpan(_length, Minutes: null) : new FaultSpan(Requests: null, _length);
        if (await AskAsync(who => Faults.SetAsync(who, Selected.Tenant, new FaultPlan(new Dictionary<FaultKind, int>(_amounts)), span)) is { } answer)
        {
            (_active, _trouble) = (answer.Value ?? _active, MessageOf(answer.Refusal));
        }
    }

    private async Task ClearAsync()
    {
        var answer = await AskAsync(async who => await Faults.ClearAsync(who, Selected.Tenant) is { } refusal ? refusal : (Result<SignedInMember>)who);
        _trouble = answer?.Refusal?.Message;
        await ReadAsync();
    }

    // Words the refusals of the whole form itself; the messages about single fields name their fields.
    private string? MessageOf(Refusal? refusal) => refusal switch
    {
        Refusal.Invalid { Errors: [{ Field: "Body" }, ..] } => _length is null ? "Enter the number of requests or minutes." : "Choose at least one fault.",
        Refusal.Invalid invalid => invalid.Errors[0].Message,
        _ => refusal?.Message,
    };
}
