using System.Text.RegularExpressions;

namespace Dojo.Pci.Portal.Cli;

/// <summary>The arguments of the process, split into settings for the host's configuration and the words of a command.</summary>
/// <param name="Settings">Settings in the form that the configuration reads, in their order.</param>
/// <param name="Words">The command, its arguments and its options.</param>
internal sealed partial record SplitArguments(IReadOnlyList<string> Settings, IReadOnlyList<string> Words)
{
    private const string EndOfOptions = "--";

    // Settings of the framework without a section. Settings with a section are recognised by the colon.
    private static readonly HashSet<string> s_hostSettings = new(StringComparer.OrdinalIgnoreCase)
    {
        "urls", "http_ports", "https_ports", "environment", "contentRoot", "webRoot", "applicationName", "allowedHosts", "detailedErrors", "preferHostingUrls",
        "shutdownTimeoutSeconds", "captureStartupErrors", "suppressStatusMessages", "hostingStartupAssemblies", "preventHostingStartup", "startupAssembly",
        "serverGarbageCollection", "reloadStaticAssetsAtRuntime", "forwardedHeaders_enabled", "staticWebAssets",
    };

    /// <summary>Splits arguments.</summary>
    /// <param name="arguments">The arguments of the process.</param>
    /// <param name="options">The names of the commands' options, with their hyphens.</param>
    public static SplitArguments Of(IReadOnlyList<string> arguments, IReadOnlySet<string> options)
    {
        var (settings, words, isOver) = (new List<string>(), new List<string>(), false);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            var match = Setting().Match(argument);

            // "keys check" takes any text.
            isOver |= argument == EndOfOptions || words is [KeyCheckCommand.Verb, ..];
            if (isOver || !match.Success || options.Contains(argument.Split('=')[0]) || !IsSettingKey(match, isServing: words.Count == 0))
            {
                words.Add(argument);
            }
            else if (match.Groups["value"].Success)
            {
                settings.Add(argument);
            }
            else if (match.Groups["prefix"].Length > 0 && i + 1 < arguments.Count)
            {
                settings.Add(argument);
                settings.Add(arguments[++i]);
            }
            else
            {
                words.Add(argument);
            }
        }

        return new SplitArguments(settings, words);
    }

    // Without a command, unknown settings are passed on to the framework; after a command they would be mistyped options.
    private static bool IsSettingKey(Match match, bool isServing)
    {
        var key = match.Groups["key"].Value;
        return key.Contains(':', StringComparison.Ordinal) || s_hostSettings.Contains(key) || (isServing && match.Groups["prefix"].Value == "--" && match.Groups["value"].Success);
    }

    [GeneratedRegex("^(?<prefix>--|/|)(?<key>[A-Za-z_][A-Za-z0-9_.:-]*)(?<value>=.*)?$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Setting();
}
