using Dojo.Pci.Bench.Filling;
using Dojo.Pci.Bench.Servers;
using Dojo.Pci.Bench.Shapes;
using Spectre.Console;

namespace Dojo.Pci.Bench;

/// <summary>One run: what all shapes share, and their results.</summary>
internal sealed class BenchRun(BenchOptions options, TimeProvider clock, CancellationToken ct)
{
    /// <summary>The number of locations that the traffic is spread over.</summary>
    public const int Locations = 20;

    private readonly Dictionary<string, FigureResult> _figures = new(StringComparer.Ordinal);
    private readonly List<Measurement> _measurements = [];
    private readonly long _begin = clock.GetTimestamp();
    private StatusContext? _status;

    public BenchOptions Options => options;

    public TimeProvider Clock => clock;

    public CancellationToken Ct => ct;

    /// <summary>The directories of the run.</summary>
    public Workspace Workspace { get; } = new();

    /// <summary>The filled vaults of the run.</summary>
    public Datasets Datasets => field ??= new Datasets(this);

    private static readonly Dictionary<string, Func<BenchRun, Task>> s_shapes = new(StringComparer.Ordinal)
    {
        ["throughput"] = ThroughputShape.RunAsync,
        ["slow-disk"] = SlowDiskShape.RunAsync,
        ["open-loop"] = OpenLoopShape.RunAsync,
        ["mixed"] = MixedShape.RunAsync,
        ["sandbox"] = SandboxShape.RunAsync,
        ["overload"] = OverloadShape.RunAsync,
        ["start"] = StartShape.RunAsync,
        ["prism"] = PrismShape.RunAsync,
        ["reads"] = ReadsShape.RunAsync,
        ["logs"] = LogsShape.RunAsync,
        ["growth"] = GrowthShape.RunAsync,
        ["webhooks"] = WebhooksShape.RunAsync,
        ["postgres"] = PostgresShape.RunAsync,
        ["postgres-reads"] = PostgresReadsShape.RunAsync,
    };

    /// <summary>Measures, and prints the results.</summary>
    /// <returns>0 when every figure that was measured is within its bound; otherwise 1.</returns>
    public async Task<int> RunAsync()
    {
        var measuredAt = clock.GetUtcNow();
        using (Workspace)
        {
            // No automatic refresh: it would take processor time from the measurement.
            await Terminal.Errors.Status().AutoRefresh(enabled: false).StartAsync("Measuring.", MeasureAsync);
        }

        var figures = Figure.All.Select(figure => _figures.GetValueOrDefault(figure.Id) ?? new FigureResult(figure, Value: null, options is { Quick: true, Chosen: null } ? "not with --quick" : "not asked for")).ToList();
        var report = new Report(Report.ThisMachine, measuredAt, options.Quick, figures, _measurements);
        if (options.Json == BenchOptions.StandardOutput)
        {
            await Console.Out.WriteLineAsync(report.ToJson());
            return report.Passes ? 0 : 1;
        }

        if (options.Json is { } file)
        {
            await File.WriteAllTextAsync(file, report.ToJson(), ct);
        }

        report.Write(Terminal.Output);
        return report.Passes ? 0 : 1;
    }

    /// <summary>Starts a server on its working copy of the filled vault, with API keys for all locations.</summary>
    public async Task<ServerProcess> ServeAsync(ServerKind kind, IReadOnlyDictionary<string, string>? variables = null) =>
        await ServerProcess.StartAsync(kind, await Datasets.WorkingCopyAsync(kind), Locations, variables, ct);

    /// <summary>Shows the progress.</summary>
    public void Say(string progress)
    {
        _status?.Status(Markup.Escape(At(progress)));
        _status?.Refresh();
    }

    /// <summary>Adds a measurement.</summary>
    public void Add(Measurement measurement)
    {
        _measurements.Add(measurement);
        Terminal.Errors.WriteLine(At($"{measurement.Shape}: {measurement.Name}: {(measurement.Rate is { } rate ? $"{rate:N0}/s, " : "")}p99 {measurement.P99:0.0} ms"));
    }

    /// <summary>Sets the value of a figure.</summary>
    public void Set(string id, double value, string note = "") => _figures[id] = new FigureResult(Find(id), value, note);

    /// <summary>Records that a figure could not be measured, and why.</summary>
    public void SetNotRun(string id, string why)
    {
        _figures[id] = new FigureResult(Find(id), Value: null, why);
        Terminal.Errors.WriteLine(At($"{id}: not run: {why}"));
    }

    private async Task MeasureAsync(StatusContext status)
    {
        _status = status;
        foreach (var name in options.Shapes)
        {
            await s_shapes[name](this);
        }
    }

    private string At(string progress) => $"{clock.GetElapsedTime(_begin):mm\\:ss} {progress}";

    private static Figure Find(string id) => Figure.All.Single(figure => figure.Id == id);
}
