using Dojo.Pci.Tokenization.Access;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>Stores the preferences of members.</summary>
internal interface IMemberPreferencesStore
{
    /// <summary>Gets the preferences of a member.</summary>
    Task<MemberPreferences> GetAsync(MemberId member, CancellationToken ct);

    /// <summary>Sets the time zone; null for the zone of the browser.</summary>
    Task<MemberPreferences> SetTimeZoneAsync(MemberId member, string? timeZone);

    /// <summary>Sets when the member dismissed the first steps; null to show them again.</summary>
    Task<MemberPreferences> SetFirstStepsDismissedAsync(MemberId member, DateTimeOffset? at);
}
