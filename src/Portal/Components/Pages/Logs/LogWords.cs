using System.Globalization;
using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;
using Microsoft.AspNetCore.WebUtilities;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>Formats what the log has for pages.</summary>
internal static class LogWords
{
    /// <summary>Returns the tone of a status.</summary>
    public static Tone ToneOf(int status) => status switch
    {
        < 400 => Tone.Good,
        < 500 => Tone.Warning,
        _ => Tone.Bad,
    };

    /// <summary>A status with its name: <c>404 Not Found</c>.</summary>
    public static string Status(int status) => $"{status} {ReasonPhrases.GetReasonPhrase(status)}".TrimEnd();

    /// <summary>A duration: <c>0.8 ms</c>, <c>12 ms</c>, <c>1.5 s</c>.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalMilliseconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.0} ms"),
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
    };

    /// <summary>A key: <c>Checkout …4f2a</c>.</summary>
    public static string Key(KeyLabel? key) => key is null ? "—" : $"{key.Name} …{key.LastFour}";

    /// <summary>Why a request was refused, with a space after each comma between fields.</summary>
    public static string Refusal(string? refusal) => refusal is null ? "" : refusal.Replace(",", ", ", StringComparison.Ordinal);

    /// <summary>The first eight digits of a trace id, enough to distinguish traces on a page.</summary>
    public static string Trace(RequestLogEntry entry) => $"{TraceDigits(entry)[..8]}…";

    /// <summary>The 32 digits of a trace id.</summary>
    public static string TraceDigits(RequestLogEntry entry) => entry.TraceId.Length >= 35 ? entry.TraceId[3..35] : entry.TraceId.PadRight(8);
}
