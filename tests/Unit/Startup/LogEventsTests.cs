using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Dojo.Pci.Portal;
using Dojo.Pci.Tokenization;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tests.Unit.Startup;

/// <summary>The log events that alarms are based on.</summary>
public sealed partial class LogEventsTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly int[] s_events =
    [
        .. from assembly in new[] { typeof(IVault).Assembly, typeof(PortalUrls).Assembly }
           from type in assembly.GetTypes()
           from method in type.GetMethods(All)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           select message.EventId,
    ];

    [Fact]
    public void Each_event_has_a_number_of_its_own()
    {
        s_events.Length.ShouldBeGreaterThan(20);
        s_events.ShouldBeUnique();
    }

    [Fact]
    public async Task The_manual_lists_every_event_and_no_other()
    {
        var manual = await File.ReadAllTextAsync(Path.Combine(SourceFolder(), "..", "..", "..", "docs", "operations.md"), TestContext.Current.CancellationToken);

        var listed = Row().Matches(manual).SelectMany(row => Numbers(row.Groups["events"].Value)).ToList();

        listed.ShouldBe(s_events, ignoreOrder: true);
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    // "1501 to 1505", "1201, 1202"
    private static IEnumerable<int> Numbers(string events)
    {
        var numbers = Number().Matches(events).Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture)).ToList();
        return events.Contains("to", StringComparison.Ordinal) ? Enumerable.Range(numbers[0], numbers[1] - numbers[0] + 1) : numbers;
    }

    [GeneratedRegex(@"^\| (?<events>\d{4}(?:(?:, | to )\d{4})*) \| (?:information|warning|error|critical)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"\d{4}", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
