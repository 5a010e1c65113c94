using Dojo.Pci.Bench.Filling;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;
using Dojo.Pci.Bench.Shapes;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Integrity;

namespace Dojo.Pci.Bench.Crash;

/// <summary>Kills a service under load and restarts it on the files that it left, many times, and collects every violation.</summary>
internal sealed class CrashRun(CrashOptions options, Workspace workspace, TimeProvider clock, CancellationToken ct)
{
    private const int Locations = 5;
    private const int WholeChecks = 40;
    private const int MostRepeated = 50;
    private const int ShownOfAFault = 3;

    // A service that has just started is slow: most moments count from its first answer, some from its start.
    private const int EveryEarlyKill = 8;
    private static readonly TimeSpan s_longestLife = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly Dice _dice = new((ulong)options.Seed);
    private readonly CardNumbers _cards = new(4096, (ulong)options.Seed);
    private readonly VaultHome _home = workspace.NewHome();
    private readonly List<Acknowledged> _all = [];
    private readonly List<string> _faults = [];
    private IReadOnlyList<string> _keys = [];

    /// <summary>The number of tokens acknowledged so far.</summary>
    public int Acknowledged => _all.Count;

    /// <summary>Kills as often as the options say, unless something is lost earlier.</summary>
    /// <param name="survived">Receives the number of each kill after which nothing was missing.</param>
    /// <returns>The violations; empty when there are none.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(Action<int> survived)
    {
        _keys = (await ServerKeys.MakeAsync(_home, Locations, ct)).Production;
        var server = await StartAsync();
        try
        {
            for (var kill = 1; kill <= options.Kills && _faults.Count == 0; kill++)
            {
                var keyed = Posts(withIdempotencyKeys: true);
                var acknowledged = await LoadAndKillAsync(server, keyed);
                await server.DisposeAsync();
                server = await StartAsync();
                _all.AddRange(acknowledged);
                await CheckAsync(server, acknowledged, $"kill {kill}");
                await RepeatAsync(server, keyed, acknowledged);
                if (kill % Math.Max(1, options.Kills / WholeChecks) == 0)
                {
                    await CheckWholeAsync();
                }

                survived(kill);
            }

            await CheckAsync(server, _all, "the end");
        }
        finally
        {
            await server.DisposeAsync();
        }

        await CheckWholeAsync();
        if (_all.Count == 0)
        {
            _faults.Add("Nothing was acknowledged, so nothing is proved.");
        }

        return _faults;
    }

    private Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(ServerKind.Product, _home, locations: 0, variables: null, ct);

    // Each run of the service has its own references and idempotency keys.
    private PostRequests Posts(bool withIdempotencyKeys) => PostRequests.ToTokenize(_keys, request => _cards[request], Traffic.NewRun(), withIdempotencyKeys);

    private async Task<IReadOnlyList<Acknowledged>> LoadAndKillAsync(ServerProcess server, PostRequests keyed)
    {
        var life = TimeSpan.FromMicroseconds(_dice.Below((long)s_longestLife.TotalMicroseconds));
        using var client = await CrashClient.StartAsync(server, Posts(withIdempotencyKeys: false), keyed, ct);
        if (_dice.Below(EveryEarlyKill) > 0)
        {
            await client.WaitForFirstAsync(s_patience, ct);
        }

        await Task.Delay(life, clock, ct);
        await server.KillAsync();
        return await client.FinishAsync(s_patience, ct);
    }

    private async Task CheckAsync(ServerProcess server, IReadOnlyList<Acknowledged> acknowledged, string when)
    {
        var gets = new GetRequests(
            [.. acknowledged.Select(each => ($"/setup-intents/{each.Token}", _keys[(int)(each.Request % _keys.Count)]))], inTurn: true);
        Note(await ReadBack.FindMissingAsync(server.Address, gets, acknowledged, s_patience * 20, ct), $"After {when} the API does not give");

        // Next to the running service, and only while nothing is killed: SQLite recovers nothing as long as another process has the database open.
        await using var vault = await BenchVault.OpenAsync(_home, clock, VaultUse.Administration, ct);
        var tokens = await vault.Get<IVaultCheck>().CheckTokensAsync([.. acknowledged.Select(each => each.Token)], ct);
        Note(tokens.Missing, $"After {when} the vault does not have");
        Note(tokens.Closed, $"After {when} no card opens of");
    }

    // A repeated request under an idempotency key must be answered with the same token.
    private async Task RepeatAsync(ServerProcess server, PostRequests keyed, IReadOnlyList<Acknowledged> acknowledged)
    {
        var repeated = acknowledged.Where(each => each.HasIdempotencyKey).TakeLast(MostRepeated).ToList();
        Note(
            await ReadBack.FindMissingAsync(server.Address, new RepeatedRequests(keyed, repeated), repeated, s_patience, ct),
            "A repeated request did not get its token again:");
    }

    private async Task CheckWholeAsync()
    {
        await using var vault = await BenchVault.OpenAsync(_home, clock, VaultUse.Administration, ct);
        _faults.AddRange((await vault.Get<IVaultCheck>().CheckAsync(sample: null, ct)).Faults);
    }

    private void Note(IReadOnlyList<string> tokens, string what)
    {
        if (tokens.Count > 0)
        {
            _faults.Add($"{what} {tokens.Count} tokens: {string.Join(", ", tokens.Take(ShownOfAFault))}{(tokens.Count > ShownOfAFault ? ", …" : "")}");
        }
    }
}
