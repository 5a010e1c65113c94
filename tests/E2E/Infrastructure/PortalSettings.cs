namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>How a <see cref="PortalProcess"/> is started, where it differs from a developer's first run.</summary>
public sealed record PortalSettings
{
    /// <summary>The value of <c>ASPNETCORE_ENVIRONMENT</c>.</summary>
    public string Environment { get; init; } = "Development";

    /// <summary>Where the process is started; null for the directory above its data and keys.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Command-line arguments before the portal's own.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables; they win over the ones that the process sets itself. Null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>How long the portal may take until it answers.</summary>
    public TimeSpan StartWithin { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long it may take to stop once it was asked to.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(15);
}
