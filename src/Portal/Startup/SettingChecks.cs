using Dojo.Pci.Portal.Api;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Housekeeping;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Vault;

namespace Dojo.Pci.Portal.Startup;

/// <summary>Whether every setting can be read as what it is meant to be, and makes sense by itself.</summary>
internal sealed class SettingChecks(IConfiguration configuration)
{
    private static readonly (string Section, Type Options)[] s_sections =
    [
        (PortalOptions.Section, typeof(PortalOptions)),
        (MemberOptions.Section, typeof(MemberOptions)),
        ("Vault", typeof(VaultOptions)),
        ("Storage", typeof(StorageOptions)),
        (ApiOptions.Section, typeof(ApiOptions)),
        (SetupIntentOptions.Section, typeof(SetupIntentOptions)),
        (HousekeepingOptions.Section, typeof(HousekeepingOptions)),
        ("Acquirer", typeof(AcquirerOptions)),
    ];

    /// <summary>A sentence for each section that cannot be read: nothing more can be said of the settings before that is mended.</summary>
    public IReadOnlyList<string> FindUnreadable() => [.. s_sections.Select(FaultOf).OfType<string>()];

    /// <summary>Every setting that makes no sense.</summary>
    public IEnumerable<string> FindFaults()
    {
        var api = Read<ApiOptions>(ApiOptions.Section);
        if (api.RequestsPerSecondPerKey < 1)
        {
            yield return "Api:RequestsPerSecondPerKey must be at least 1.";
        }

        if (api.PublicRequestsPerSecondPerAddress < 1)
        {
            yield return "Api:PublicRequestsPerSecondPerAddress must be at least 1.";
        }

        var members = Read<MemberOptions>(MemberOptions.Section);
        if (members.IdleTimeout < TimeSpan.FromSeconds(5) || members.IdleTimeout > MemberOptions.LongestIdle)
        {
            yield return "Members:IdleTimeout must be from 5 seconds to 15 minutes; write 15 minutes as 00:15:00.";
        }

        if (members.TriesPerMinutePerAddress < 1)
        {
            yield return "Members:TriesPerMinutePerAddress must be at least 1.";
        }

        if (Read<PortalOptions>(PortalOptions.Section).PublicAddress is { Length: > 0 } text
            && !(Uri.TryCreate(text, UriKind.Absolute, out var address) && address.PathAndQuery == "/" && address.Scheme is ("http" or "https")))
        {
            yield return "Portal:PublicAddress must be an address without a path, such as https://pci.example.com.";
        }

        if (Read<StorageOptions>("Storage").LargestLogMegabytes is < StorageOptions.LeastLogMegabytes or > StorageOptions.MostLogMegabytes)
        {
            yield return $"Storage:LargestLogMegabytes must be from {StorageOptions.LeastLogMegabytes} to {StorageOptions.MostLogMegabytes}.";
        }

        if (Read<SetupIntentOptions>(SetupIntentOptions.Section).DefaultLifetime < TimeSpan.FromMinutes(1))
        {
            yield return "SetupIntents:DefaultLifetime must be at least a minute; write 30 days as 30.00:00:00.";
        }

        if (Read<HousekeepingOptions>(HousekeepingOptions.Section).Interval is var interval && (interval < TimeSpan.FromSeconds(1) || interval > TimeSpan.FromDays(1)))
        {
            yield return "Housekeeping:Interval must be from a second to a day; write a minute as 00:01:00.";
        }
    }

    private T Read<T>(string section)
        where T : new() => configuration.GetSection(section).Get<T>() ?? new T();

    private string? FaultOf((string Section, Type Options) section)
    {
        try
        {
            configuration.GetSection(section.Section).Get(section.Options);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return $"The section {section.Section} has a setting that cannot be read. {exception.Message}";
        }
    }
}
