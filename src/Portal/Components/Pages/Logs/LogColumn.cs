namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>A column of the list of requests. The names stand in addresses.</summary>
public enum LogColumn
{
    /// <summary>When the request arrived.</summary>
    Time,

    /// <summary>The status that was answered.</summary>
    Status,

    /// <summary>The HTTP method.</summary>
    Method,

    /// <summary>The pattern of the route.</summary>
    Route,

    /// <summary>How long it took.</summary>
    Duration,

    /// <summary>The API key.</summary>
    Key,

    /// <summary>Why it was refused.</summary>
    Refusal,

    /// <summary>Where it came from.</summary>
    Address,

    /// <summary>The version of the API.</summary>
    Version,

    /// <summary>The trace id.</summary>
    Trace,
}

/// <summary>The columns of the list.</summary>
internal static class LogColumns
{
    /// <summary>Those that are shown where none were chosen.</summary>
    public static IReadOnlyList<LogColumn> Default { get; } = [LogColumn.Time, LogColumn.Status, LogColumn.Method, LogColumn.Route, LogColumn.Duration, LogColumn.Key, LogColumn.Refusal];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LogColumn> All { get; } = Enum.GetValues<LogColumn>();

    /// <summary>What stands above it.</summary>
    public static string Label(LogColumn column) => column switch
    {
        LogColumn.Key => "API key",
        LogColumn.Trace => "Trace id",
        _ => column.ToString(),
    };

    /// <summary>Its class: how wide it is.</summary>
    public static string Class(LogColumn column) => $"log-{column.ToString().ToLowerInvariant()}";

    /// <summary>Columns as an address has them; null for those that are shown anyway.</summary>
    public static string? Write(IReadOnlyCollection<LogColumn> columns) =>
        columns.Order().SequenceEqual(Default) || columns.Count == 0 ? null : string.Join(',', columns.Order().Select(column => column.ToString().ToLowerInvariant()));

    /// <summary>Reads them; null for what are none.</summary>
    public static IReadOnlyList<LogColumn>? Read(string text)
    {
        var names = text.Split(',');
        var columns = All.Where(column => names.Contains(column.ToString(), StringComparer.OrdinalIgnoreCase)).ToList();
        return columns.Count == names.Length ? columns : null;
    }
}
