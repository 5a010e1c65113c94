using System.Globalization;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Seeding;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Sandbox;

/// <summary>Fills a sandbox with sample data, and shows the outline of the data, the progress and the result.</summary>
public sealed partial class SeedPanel
{
    private static readonly int[] s_sizes = [10, 100, 1_000, 10_000, 100_000];

    private SeedRun? _run;
    private SeedOutline _outline = new([], []);
    private int _size = 1_000;
    private int? _seed = 1;
    private string? _trouble;

    /// <summary>Creates the sample data.</summary>
    [Inject]
    public required ISandboxSeeds Seeds { get; init; }

    /// <inheritdoc />
    protected override bool IsUnderWay => _run is { Status: SeedStatus.Running };

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        Plan();
        return ReadAsync();
    }

    /// <inheritdoc />
    protected override async Task LookAsync() => _run = await Seeds.FindAsync(Selected.Tenant, CancellationToken.None);

    private static double ShareOf(SeedRun run) => run.Done * Whole / run.Wish.Size;

    private static int LeftOut(SeedRun run) => run.Done - run.Tokens;

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Result(SeedRun run) =>
        $"{(run.Status == SeedStatus.Done ? "Made" : "Stopped after")} {Number(run.Tokens)} {(run.Tokens == 1 ? "token" : "tokens")} and {Number(run.Payments)} {(run.Payments == 1 ? "payment" : "payments")}.";

    private static string WordOf(string status) => status == nameof(Tokenization.SetupIntents.SetupIntentStatus.CardExpired) ? "card expired" : status.ToLowerInvariant();

    private void Plan() => _outline = Seeds.Outline(new SeedWish(_size, _seed ?? 0));

    private async Task BeginAsync()
    {
        var answer = await AskAsync(who => Seeds.BeginAsync(who, Selected.Tenant, new SeedWish(_size, _seed ?? 0)));
        _trouble = answer?.Refusal is Refusal.Invalid invalid ? invalid.Errors[0].Message : answer?.Refusal?.Message;
        _run = answer?.Value ?? _run;
    }

    private async Task StopAsync()
    {
        var answer = await AskAsync(async who => await Seeds.StopAsync(who, Selected.Tenant) is { } refusal ? refusal : (Result<SignedInMember>)who);
        _trouble = answer?.Refusal?.Message;
        await ReadAsync();
    }
}
