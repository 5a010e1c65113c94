using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>Manages how a member wants the portal to look. Preferences give no access, so changing one needs no confirmation and no audit entry.</summary>
public interface IMemberPreferences
{
    /// <summary>Gets the preferences of a member.</summary>
    Task<MemberPreferences> GetAsync(SignedInMember who, CancellationToken ct);

    /// <summary>Chooses the time zone in which the portal shows times to the member.</summary>
    /// <param name="who">The member.</param>
    /// <param name="timeZone">A name that <see cref="TimeZones.TryFind"/> knows; null or empty for the zone of the browser.</param>
    Task<Result<MemberPreferences>> ChooseTimeZoneAsync(SignedInMember who, string? timeZone);

    /// <summary>Dismisses the first steps for this member, in every location.</summary>
    Task<MemberPreferences> DismissFirstStepsAsync(SignedInMember who);

    /// <summary>Shows the first steps again until they are done.</summary>
    Task<MemberPreferences> ShowFirstStepsAsync(SignedInMember who);

    /// <summary>Gets the layout that the member chose for a list.</summary>
    Task<ListLayout> GetLayoutAsync(SignedInMember who, MemberList list, CancellationToken ct);

    /// <summary>Stores the layout that the member chooses for a list. The names of columns are ASCII letters, separated by commas.</summary>
    Task<Result<ListLayout>> ChooseLayoutAsync(SignedInMember who, MemberList list, ListLayout layout);
}

/// <summary>A list whose layout is remembered for each member.</summary>
public enum MemberList
{
    /// <summary>The tokens of a tenant.</summary>
    Tokens,

    /// <summary>The request log of a tenant.</summary>
    Logs,
}

/// <summary>The layout of a list.</summary>
/// <param name="IsDense">Whether the rows are dense.</param>
/// <param name="Columns">The names of its columns, separated by commas; null for the usual ones.</param>
public sealed record ListLayout(bool IsDense, string? Columns)
{
    /// <summary>The default layout.</summary>
    public static ListLayout Usual { get; } = new(IsDense: false, Columns: null);
}

/// <summary>The preferences of a member.</summary>
/// <param name="TimeZone">The name of the time zone; null for the zone of the browser.</param>
/// <param name="HasDismissedFirstSteps">Whether the member dismissed the first steps.</param>
public sealed record MemberPreferences(string? TimeZone, bool HasDismissedFirstSteps);
