namespace Dojo.Pci.Portal.Logging;

/// <summary>
/// Stands before a log sink and lets no card number, no API key and no other secret through: not in a message, a value of it, a scope or an
/// exception. What holds one is replaced whole, for a text with a hole tells where to look.
/// </summary>
internal sealed class ScrubbingLoggerProvider(ILoggerProvider sink) : ILoggerProvider, ISupportExternalScope
{
    public ILogger CreateLogger(string categoryName) => new Logger(sink.CreateLogger(categoryName));

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) =>
        (sink as ISupportExternalScope)?.SetScopeProvider(new Scopes(scopeProvider));

    public void Dispose() => sink.Dispose();

    private static bool HoldsSecret(object? state) =>
        (state is IEnumerable<KeyValuePair<string, object?>> values
            && values.Any(value => value.Value?.ToString() is { } text && LogScrubber.HoldsSecret(text)))
        || LogScrubber.HoldsSecret(state?.ToString() ?? "");

    /// <summary>The scopes as the sink may see them.</summary>
    private sealed class Scopes(IExternalScopeProvider scopes) : IExternalScopeProvider
    {
        public void ForEachScope<TState>(Action<object?, TState> callback, TState state) =>
            scopes.ForEachScope((scope, inner) => callback(HoldsSecret(scope) ? LogScrubber.Replacement : scope, inner), state);

        public IDisposable Push(object? state) => scopes.Push(state);
    }

    private sealed class Logger(ILogger sink) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => sink.IsEnabled(logLevel);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull =>
            HoldsSecret(state) ? sink.BeginScope(LogScrubber.Replacement) : sink.BeginScope(state);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!sink.IsEnabled(logLevel))
            {
                return;
            }

            var message = formatter(state, exception);
            var stateIsClean = !HoldsSecret(state) && !LogScrubber.HoldsSecret(message);
            var exceptionIsClean = exception is null || !LogScrubber.HoldsSecret(exception.ToString());
            if (stateIsClean && exceptionIsClean)
            {
                sink.Log(logLevel, eventId, state, exception, formatter);
            }
            else
            {
                var shown = exceptionIsClean ? exception : new ScrubbedException(exception!.GetType());
                sink.Log(logLevel, eventId, stateIsClean ? message : LogScrubber.Replacement, shown, (text, _) => text);
            }
        }
    }

    /// <summary>In place of an exception that held a secret: its type, and nothing else of it.</summary>
    private sealed class ScrubbedException(Type type) : Exception($"{type.FullName} {LogScrubber.Replacement}");
}
