using Dojo.Pci.Tokenization.Access;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>Where the preferences of members are kept.</summary>
internal interface IMemberPreferencesStore
{
    /// <summary>The preferences of a member.</summary>
    Task<MemberPreferences> GetAsync(MemberId member, CancellationToken ct);

    /// <summary>Sets the time zone; null for that of the browser.</summary>
    Task<MemberPreferences> SetTimeZoneAsync(MemberId member, string? timeZone);

    /// <summary>Sets when the first steps were put away; null to show them again.</summary>
    Task<MemberPreferences> SetFirstStepsDismissedAsync(MemberId member, DateTimeOffset? at);
}
