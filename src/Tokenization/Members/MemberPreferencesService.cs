using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Members;

internal sealed class MemberPreferencesService(IMemberPreferencesStore store, IMemberChoiceStore choices, TimeProvider clock) : IMemberPreferences
{
    private const string LayoutPrefix = "list:";
    private const string Dense = "dense";
    private const string Roomy = "roomy";
    private const int LongestColumns = 200;

    private static readonly Refusal s_noColumns = new Refusal.Invalid([new FieldError("Columns", "Name the columns by letters, separated by commas.")]);
    private static readonly Refusal s_noZone = new Refusal.Invalid([new FieldError("TimeZone", "Choose a time zone by its name, such as Europe/Copenhagen.")]);

    public Task<MemberPreferences> GetAsync(SignedInMember who, CancellationToken ct) => store.GetAsync(who.Id, ct);

    public async Task<Result<MemberPreferences>> ChooseTimeZoneAsync(SignedInMember who, string? timeZone)
    {
        if (string.IsNullOrEmpty(timeZone))
        {
            return await store.SetTimeZoneAsync(who.Id, timeZone: null);
        }

        return TimeZones.TryFind(timeZone, out var zone) ? await store.SetTimeZoneAsync(who.Id, zone.Id) : s_noZone;
    }

    public Task<MemberPreferences> DismissFirstStepsAsync(SignedInMember who) => store.SetFirstStepsDismissedAsync(who.Id, clock.GetUtcNow());

    public Task<MemberPreferences> ShowFirstStepsAsync(SignedInMember who) => store.SetFirstStepsDismissedAsync(who.Id, at: null);

    public async Task<ListLayout> GetLayoutAsync(SignedInMember who, MemberList list, CancellationToken ct) =>
        (await choices.ListAsync(who.Id, NameOf(list), ct)).TryGetValue(NameOf(list), out var value) && value.Split(' ') is [var density, var columns]
            ? new ListLayout(density == Dense, columns.Length == 0 ? null : columns)
            : ListLayout.Usual;

    public async Task<Result<ListLayout>> ChooseLayoutAsync(SignedInMember who, MemberList list, ListLayout layout)
    {
        if (layout.Columns is { } columns && (columns.Length is 0 or > LongestColumns || !columns.All(letter => char.IsAsciiLetter(letter) || letter == ',')))
        {
            return s_noColumns;
        }

        await choices.SetAsync(who.Id, NameOf(list), $"{(layout.IsDense ? Dense : Roomy)} {layout.Columns}", clock.GetUtcNow());
        return layout;
    }

    private static string NameOf(MemberList list) => LayoutPrefix + list;
}
