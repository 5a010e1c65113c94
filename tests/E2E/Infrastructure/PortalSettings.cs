namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>How a <see cref="PortalProcess"/> starts, where that differs from a developer's first run.</summary>
public sealed record PortalSettings
{
    /// <summary>The value of <c>ASPNETCORE_ENVIRONMENT</c>.</summary>
    public string Environment { get; init; } = "Development";

    /// <summary>The working directory of the process; null for the directory that contains its data and keys.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Command-line arguments before the portal's own.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables, which override the ones that the process sets itself. Null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>The time limit for a start.</summary>
    public TimeSpan StartWithin { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The time limit for a stop.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(15);
}
