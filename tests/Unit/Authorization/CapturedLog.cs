using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tests.Unit.Authorization;

/// <summary>Captures everything that is logged, at every level: message, values, exception.</summary>
internal sealed class CapturedLog<T> : ILogger<T>
{
    private readonly ConcurrentQueue<(int Id, string Text)> _entries = new();

    public IReadOnlyList<string> Lines => [.. _entries.Select(entry => entry.Text)];

    public IReadOnlyList<int> Ids => [.. _entries.Select(entry => entry.Id)];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        _entries.Enqueue((0, $"scope {state}"));
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "";
        _entries.Enqueue((eventId.Id, $"{logLevel} {formatter(state, exception)} {values} {exception}"));
    }
}
