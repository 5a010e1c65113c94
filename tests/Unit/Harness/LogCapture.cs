using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>One log entry with everything that a sink could write of it.</summary>
/// <param name="Level">Its level.</param>
/// <param name="Text">The category, message, values, exception and scopes, one per line.</param>
public sealed record LogEntry(LogLevel Level, string Text);

/// <summary>A log sink that keeps everything, at every level.</summary>
public sealed class LogCapture : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public IReadOnlyCollection<LogEntry> Entries => _entries;

    /// <summary>Everything that was logged, as one text for searches.</summary>
    public string Text => string.Join('\n', _entries.Select(entry => entry.Text));

    /// <summary>Completes when the portal ends: it creates its log first and disposes it last.</summary>
    public Task Closed => _closed.Task;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose() => _closed.TrySetResult();

    private static string Describe(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values
        ? $"{state} {string.Join(' ', values.Select(value => $"{value.Key}={value.Value}"))}"
        : $"{state}";

    private sealed class Logger(LogCapture capture, string category) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull =>
            capture._scopes.Push(state);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            List<string> lines = [category, formatter(state, exception), Describe(state), $"{exception}"];
            capture._scopes.ForEachScope((scope, all) => all.Add(Describe(scope)), lines);
            capture._entries.Enqueue(new LogEntry(logLevel, string.Join('\n', lines)));
        }
    }
}
