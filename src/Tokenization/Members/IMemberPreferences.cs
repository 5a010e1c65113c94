using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
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

    /// <summary>How the member wants a list to be.</summary>
    Task<ListLayout> GetLayoutAsync(SignedInMember who, MemberList list, CancellationToken ct);

    /// <summary>Remembers how the member wants a list to be. Names of columns are letters and commas.</summary>
    Task<Result<ListLayout>> ChooseLayoutAsync(SignedInMember who, MemberList list, ListLayout layout);
}

/// <summary>A list whose layout is remembered for each member.</summary>
public enum MemberList
{
    /// <summary>The tokens of a place.</summary>
    Tokens,

    /// <summary>The requests of a place.</summary>
    Logs,
}

/// <summary>How a list is to be.</summary>
/// <param name="IsDense">Whether its rows are low.</param>
/// <param name="Columns">The names of its columns, separated by commas; null for the usual ones.</param>
public sealed record ListLayout(bool IsDense, string? Columns)
{
    /// <summary>As lists come.</summary>
    public static ListLayout Usual { get; } = new(IsDense: false, Columns: null);
}

/// <summary>How a member wants the portal to be.</summary>
/// <param name="TimeZone">The name of the time zone; null for that of the browser.</param>
/// <param name="HasDismissedFirstSteps">Whether the member put the first steps away.</param>
public sealed record MemberPreferences(string? TimeZone, bool HasDismissedFirstSteps);
