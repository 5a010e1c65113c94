using System.Diagnostics;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Bench.Filling;

/// <summary>
/// Filled vaults. The vault's own service creates the rows as in operation: sealed cards, fingerprints, events. When more rows are needed, the same
/// vault is filled further, so a run creates each row once.
/// </summary>
internal sealed class Datasets(BenchRun run)
{
    private const int Workers = 1024;
    private const ulong Seed = 4711;

    // The most rows in a vault, which determines the day of each row.
    private const double MostRows = 10_000_000;

    private const long UsualRows = 1_000_000;

    private readonly Dictionary<int, (VaultHome Home, long Rows)> _byLocations = [];
    private readonly Dictionary<ServerKind, VaultHome> _workingCopies = [];
    private VaultHome? _small;

    /// <summary>The number of rows to fill a vault with for a figure: fewer than wanted when the options say so.</summary>
    public long RowsFor(long wanted) => Math.Min(wanted, run.Options.Rows ?? (run.Options.Quick ? 20_000 : long.MaxValue));

    /// <summary>
    /// Returns a vault with at least that many rows, spread over that many locations, which no process has open. For reading or copying only:
    /// whatever is written to it is visible to later shapes, which fill it further.
    /// </summary>
    public async Task<VaultHome> GetAsync(long rows, int locations = BenchRun.Locations)
    {
        var (home, filled) = _byLocations.TryGetValue(locations, out var known) ? known : (run.Workspace.NewHome(), 0);
        if (filled < rows)
        {
            await FillAsync(home, locations, filled, rows);
            _byLocations[locations] = (home, rows);
        }

        return home;
    }

    /// <summary>Returns a vault with few rows, spread over the locations.</summary>
    public async Task<VaultHome> GetSmallAsync(long rows)
    {
        if (_small is null)
        {
            _small = run.Workspace.NewHome();
            await FillAsync(_small, BenchRun.Locations, 0, rows);
        }

        return _small;
    }

    /// <summary>Returns the copy of the filled vault that servers of a kind write to, one after another.</summary>
    public async Task<VaultHome> WorkingCopyAsync(ServerKind kind)
    {
        if (!_workingCopies.TryGetValue(kind, out var copy))
        {
            copy = run.Workspace.Copy(await GetAsync(RowsFor(UsualRows)));
            _workingCopies[kind] = copy;
        }

        return copy;
    }

    /// <summary>The approximate creation time of a row.</summary>
    public DateTimeOffset DayOf(long row) => run.Clock.GetUtcNow() - (FillClock.Span * (1 - (row / MostRows)));

    /// <summary>Creates the rows of a vault from one number up to another.</summary>
    public async Task FillAsync(VaultHome home, int locations, long from, long to)
    {
        var clock = new FillClock(run.Clock);
        clock.MoveTo(from / MostRows);
        var begin = run.Clock.GetTimestamp();
        await using (var vault = await BenchVault.OpenAsync(home, clock, VaultUse.Serving, run.Ct))
        {
            var tenants = (await vault.GetLocationsAsync(locations, run.Ct)).Select(location => new Tenant(location.Account, location.Id, TenantEnvironment.Production)).ToList();
            var service = vault.Get<ISetupIntentService>();
            var rows = new FillRow(new CardNumbers(32_768, Seed), clock.First.AddYears(1));
            var next = from - 1;
            var told = 0L;
            await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync, run.Ct)));
            run.Say($"fill: {to:N0} rows; the index catches up");
            using var self = Process.GetCurrentProcess();
            await Settling.WaitAsync(() => { self.Refresh(); return self.TotalProcessorTime; }, run.Clock, run.Ct);

            async Task WorkAsync()
            {
                while (Interlocked.Increment(ref next) is var row && row < to)
                {
                    run.Ct.ThrowIfCancellationRequested();
                    clock.MoveTo(row / MostRows);
                    using var request = rows.Request(row);
                    var made = await service.CreateAsync(new Caller(tenants[(int)(row % tenants.Count)], "key:1"), request, idempotencyKey: null);
                    if (!made.IsSuccess)
                    {
                        throw new InvalidOperationException("A row to fill with was refused.");
                    }

                    Tell(row);
                }
            }

            void Tell(long row)
            {
                var seconds = (long)run.Clock.GetElapsedTime(begin).TotalSeconds / 2;
                if (Interlocked.Exchange(ref told, seconds) < seconds)
                {
                    run.Say($"fill: {row:N0} of {to:N0} rows, {(row - from) / run.Clock.GetElapsedTime(begin).TotalSeconds:N0}/s");
                }
            }
        }
    }
}
