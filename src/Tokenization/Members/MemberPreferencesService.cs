using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Members;

internal sealed class MemberPreferencesService(IMemberPreferencesStore store, TimeProvider clock) : IMemberPreferences
{
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
}
