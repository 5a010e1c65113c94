namespace Dojo.Pci.Portal.Logging;

/// <summary>
/// Wraps a log sink and lets no card number, API key or other secret through: not in a message, its values, a scope or an exception. A text
/// that holds one is replaced as a whole, because a gap in it would show where to look.
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

    /// <summary>The scopes for the sink, without secrets.</summary>
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

    /// <summary>Replaces an exception that held a secret: it keeps the name of its type, and nothing else.</summary>
    private sealed class ScrubbedException(Type type) : Exception($"{type.FullName} {LogScrubber.Replacement}");
}
