using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>How a member wants the portal to be. A preference opens nothing, so nobody confirms for it and the trail does not note it.</summary>
public interface IMemberPreferences
{
    /// <summary>The preferences of a member.</summary>
    Task<MemberPreferences> GetAsync(SignedInMember who, CancellationToken ct);

    /// <summary>Chooses the time zone in which the member reads times.</summary>
    /// <param name="who">Who chooses.</param>
    /// <param name="timeZone">A name that <see cref="TimeZones.TryFind"/> knows; null or empty for the zone of the browser.</param>
    Task<Result<MemberPreferences>> ChooseTimeZoneAsync(SignedInMember who, string? timeZone);

    /// <summary>Puts the first steps away, for this member, in every place.</summary>
    Task<MemberPreferences> DismissFirstStepsAsync(SignedInMember who);

    /// <summary>Shows the first steps again until they are done.</summary>
    Task<MemberPreferences> ShowFirstStepsAsync(SignedInMember who);
}

/// <summary>How a member wants the portal to be.</summary>
/// <param name="TimeZone">The name of the time zone; null for that of the browser.</param>
/// <param name="HasDismissedFirstSteps">Whether the member put the first steps away.</param>
public sealed record MemberPreferences(string? TimeZone, bool HasDismissedFirstSteps);
