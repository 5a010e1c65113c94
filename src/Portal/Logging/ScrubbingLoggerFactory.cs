using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Logging;

/// <summary>
/// The framework's logger factory with a <see cref="ScrubbingLoggerProvider"/> before every sink, including those that are added later,
/// so that no sink can bypass it. Level filters by sink name do not apply; those by category do.
/// </summary>
internal sealed class ScrubbingLoggerFactory : ILoggerFactory
{
    private readonly LoggerFactory _factory;

    public ScrubbingLoggerFactory(IEnumerable<ILoggerProvider> sinks, IOptionsMonitor<LoggerFilterOptions> filters, IOptions<LoggerFactoryOptions> options) =>
        _factory = new LoggerFactory(sinks.Select(sink => new ScrubbingLoggerProvider(sink)), filters, options);

    public ILogger CreateLogger(string categoryName) => _factory.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => _factory.AddProvider(new ScrubbingLoggerProvider(provider));

    public void Dispose() => _factory.Dispose();
}
