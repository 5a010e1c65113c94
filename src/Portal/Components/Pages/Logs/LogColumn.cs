namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>A column of the list of requests. The names are used in addresses.</summary>
public enum LogColumn
{
    /// <summary>When the request arrived.</summary>
    Time,

    /// <summary>The response status.</summary>
    Status,

    /// <summary>The HTTP method.</summary>
    Method,

    /// <summary>The route pattern.</summary>
    Route,

    /// <summary>How long the request took.</summary>
    Duration,

    /// <summary>The API key.</summary>
    Key,

    /// <summary>Why the request was refused.</summary>
    Refusal,

    /// <summary>The client's address.</summary>
    Address,

    /// <summary>The version of the API.</summary>
    Version,

    /// <summary>The trace id.</summary>
    Trace,
}

/// <summary>The columns of the list.</summary>
internal static class LogColumns
{
    /// <summary>The columns that are shown if none are chosen.</summary>
    public static IReadOnlyList<LogColumn> Default { get; } = [LogColumn.Time, LogColumn.Status, LogColumn.Method, LogColumn.Route, LogColumn.Duration, LogColumn.Key, LogColumn.Refusal];

    /// <summary>All columns.</summary>
    public static IReadOnlyList<LogColumn> All { get; } = Enum.GetValues<LogColumn>();

    /// <summary>Returns the heading of a column.</summary>
    public static string Label(LogColumn column) => column switch
    {
        LogColumn.Key => "API key",
        LogColumn.Trace => "Trace id",
        _ => column.ToString(),
    };

    /// <summary>Returns the CSS class of a column, which sets its width.</summary>
    public static string Class(LogColumn column) => $"log-{column.ToString().ToLowerInvariant()}";

    /// <summary>Formats columns for an address; null for the default columns and for none.</summary>
    public static string? Write(IReadOnlyCollection<LogColumn> columns) =>
        columns.Order().SequenceEqual(Default) || columns.Count == 0 ? null : string.Join(',', columns.Order().Select(column => column.ToString().ToLowerInvariant()));

    /// <summary>Parses columns from an address; null if a name is unknown.</summary>
    public static IReadOnlyList<LogColumn>? Read(string text)
    {
        var names = text.Split(',');
        var columns = All.Where(column => names.Contains(column.ToString(), StringComparer.OrdinalIgnoreCase)).ToList();
        return columns.Count == names.Length ? columns : null;
    }
}
