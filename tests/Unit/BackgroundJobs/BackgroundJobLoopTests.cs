using System.Security.Cryptography;
using System.Threading.Channels;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.Pages;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tests.Unit.BackgroundJobs;

/// <summary>A loop of rounds in a host that stops when a service fails, as hosts do by default.</summary>
public sealed class BackgroundJobLoopTests : IAsyncLifetime
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    private readonly SteppedClock _clock = new();
    private readonly Round _round = new();
    private readonly Turns _leases = new();
    private readonly LogCapture _log = new();
    private IHost _host = null!;
    private BackgroundJobLoop<Round> _loop = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = new HostBuilder()
            .ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log))
            .ConfigureServices(services => services
                .AddSingleton<TimeProvider>(_clock)
                .AddSingleton(_round)
                .AddSingleton<JobMetrics>()
                .AddSingleton<ILeases>(_leases)
                .Configure<BackgroundJobOptions>(options => options.Interval = s_interval)
                .AddHostedService<BackgroundJobLoop<Round>>())
            .Build();
        await _host.StartAsync(Ct);
        _loop = _host.Services.GetServices<IHostedService>().OfType<BackgroundJobLoop<Round>>().Single();
    }

    public async ValueTask DisposeAsync()
    {
        _round.End();
        await _host.StopAsync(Ct);
        _host.Dispose();
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(CryptographicException))]
    [InlineData(typeof(UnavailableException))]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task A_round_that_fails_ends_neither_the_loop_nor_the_host(Type type)
    {
        var failure = type == typeof(UnavailableException) ? new UnavailableException("busy") : (Exception)Activator.CreateInstance(type)!;
        for (var round = 1; round <= 3; round++)
        {
            (await _round.BegunOrAsync(_loop.ExecuteTask!)).ShouldBe(round, "the loop has ended");
            _round.Fail(failure);
            _clock.Advance(s_interval);
        }

        (await _round.BegunOrAsync(_loop.ExecuteTask!)).ShouldBe(4, "the loop has ended");
        _host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
        _log.Entries.Count(entry => entry.Level == LogLevel.Error && entry.Text.Contains("The background job Round failed", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task The_next_round_begins_when_the_pause_is_over_and_not_before()
    {
        await _round.BegunOrAsync(_loop.ExecuteTask!);
        _round.End();
        _clock.Advance(s_interval - TimeSpan.FromTicks(1));
        _round.Begun.ShouldBe(1);

        _clock.Advance(TimeSpan.FromTicks(1));

        (await _round.BegunOrAsync(_loop.ExecuteTask!)).ShouldBe(2);
    }

    [Fact]
    public async Task Stopping_ends_a_round_that_is_under_way_and_the_loop_and_is_no_failure()
    {
        await _round.BegunOrAsync(_loop.ExecuteTask!);

        await _host.StopAsync(Ct);

        _loop.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
        _round.WasCancelled.ShouldBeTrue();
        _log.Entries.ShouldNotContain(entry => entry.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task Stopping_ends_the_pause_too()
    {
        await _round.BegunOrAsync(_loop.ExecuteTask!);
        _round.End();

        await _host.StopAsync(Ct);

        _loop.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
        _round.Begun.ShouldBe(1);
    }

    [Fact]
    public async Task What_another_node_runs_is_not_run_here_until_that_one_has_ended()
    {
        await _round.BegunOrAsync(_loop.ExecuteTask!);
        _leases.AreOurs = false;
        _round.End();

        _clock.Advance(s_interval);
        await _leases.RefusedAsync();
        _round.Begun.ShouldBe(1);
        _leases.AreOurs = true;
        _clock.Advance(s_interval);

        (await _round.BegunOrAsync(_loop.ExecuteTask!)).ShouldBe(2);
    }

    /// <summary>Leases held by this node or by another one.</summary>
    private sealed class Turns : ILeases
    {
        private readonly Channel<bool> _refused = Channel.CreateUnbounded<bool>();

        public bool AreOurs { get; set; } = true;

        public async Task<bool> TryRunAsync(string name, Func<CancellationToken, Task> work, CancellationToken ct)
        {
            if (!AreOurs)
            {
                _refused.Writer.TryWrite(true);
                return false;
            }

            await work(ct);
            return true;
        }

        public Task<bool> IsHeldAsync(CancellationToken ct) => Task.FromResult(AreOurs);

        public async Task RefusedAsync() => await _refused.Reader.ReadAsync(Ct);
    }

    /// <summary>A round that lasts until a test ends it, or until it is cancelled.</summary>
    private sealed class Round : IBackgroundJob
    {
        private readonly Channel<int> _begun = Channel.CreateUnbounded<int>();
        private TaskCompletionSource _end = NewEnd();
        private int _count;

        public int Begun => Volatile.Read(ref _count);

        public bool WasCancelled { get; private set; }

        public async Task RunOnceAsync(CancellationToken ct)
        {
            _end = NewEnd();
            _begun.Writer.TryWrite(Interlocked.Increment(ref _count));
            try
            {
                await _end.Task.WaitAsync(ct);
            }
            finally
            {
                WasCancelled = ct.IsCancellationRequested;
            }
        }

        /// <summary>Waits until the next round begins or the loop ends, and returns the number of rounds that have begun.</summary>
        public async Task<int> BegunOrAsync(Task loop)
        {
            await Task.WhenAny(_begun.Reader.ReadAsync(Ct).AsTask(), loop);
            return Begun;
        }

        public void Fail(Exception exception) => _end.TrySetException(exception);

        public void End() => _end.TrySetResult();

        private static TaskCompletionSource NewEnd() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
