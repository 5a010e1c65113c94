using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Settings;

internal sealed class AccountSettings(IAccountSettingsStore store, LocationDirectory directory, OperationGate gate, TimeProvider clock) : IAccountSettings
{
    private static readonly Refusal s_noSuchLocation = new Refusal.NotFound("There is no such location.");

    private static readonly Refusal s_badRetention =
        new Refusal.Invalid([new FieldError("RetentionDays", $"Choose a whole number of days from 0 to {IAccountSettings.MostRetentionDays}.")]);

    public async Task<Result<AccountOverview>> ReadAsync(SignedInMember who, CancellationToken ct) =>
        await gate.RefuseAsync(who, Operation.ViewSettings, $"account:{who.Account.Value}") is { } refusal ? refusal : await store.ReadAsync(who.Account, ct);

    public async Task<Result<AccountOverview>> RenameAccountAsync(SignedInMember who, string? name)
    {
        var subject = $"account:{who.Account.Value}";
        if (await gate.RefuseAsync(who, Operation.ManageSettings, subject) is { } refusal)
        {
            return refusal;
        }

        var validated = NameRules.Validate(name);
        return validated.IsSuccess
            ? await store.RenameAsync(who.Account, validated.Value, before => who.Entry(clock.GetUtcNow(), AuditAction.AccountRenamed, subject, $"{before} → {validated.Value}"))
            : validated.Refusal;
    }

    public async Task<Result<Location>> AddLocationAsync(SignedInMember who, string? name)
    {
        if (await gate.RefuseAsync(who, Operation.ManageSettings, "location") is { } refusal)
        {
            return refusal;
        }

        var validated = NameRules.Validate(name);
        if (!validated.IsSuccess)
        {
            return validated.Refusal;
        }

        var now = clock.GetUtcNow();
        return await store.TryAddLocationAsync(who.Account, validated.Value, now, made => who.Entry(now, AuditAction.LocationAdded, Subject(made.Id), made.Name)) is { } location
            ? location
            : new Refusal.Conflict("There is a location of this name already.");
    }

    public async Task<Result<Location>> RenameLocationAsync(SignedInMember who, LocationId location, string? name)
    {
        var validated = NameRules.Validate(name);
        return await ChangeAsync(
            who, location, validated.IsSuccess ? new LocationChange.Name(validated.Value) : null, validated.Refusal, AuditAction.LocationRenamed, before => $"{before.Name} → {validated.Value}");
    }

    public Task<Result<Location>> SetUniqueReferencesAsync(SignedInMember who, LocationId location, bool unique) => ChangeAsync(
        who, location, new LocationChange.UniqueReferences(unique), null, AuditAction.UniqueReferencesChanged, before => $"{OnOff(before.UniqueReferences)} → {OnOff(unique)}");

    public Task<Result<Location>> SetRepeatedChargesAsync(SignedInMember who, LocationId location, bool allowed) => ChangeAsync(
        who, location, new LocationChange.RepeatedCharges(allowed), null, AuditAction.RepeatedChargesChanged, before => $"{OnOff(before.RepeatedCharges)} → {OnOff(allowed)}");

    public async Task<Result<RetentionPreview>> PreviewRetentionAsync(SignedInMember who, LocationId location, int days, CancellationToken ct)
    {
        if (await gate.RefuseAsync(who, Operation.ManageSettings, Subject(location)) is { } refusal)
        {
            return refusal;
        }

        if (!IsRetention(days))
        {
            return s_badRetention;
        }

        if (!(await store.ReadAsync(who.Account, ct)).Locations.Any(own => own.Id == location))
        {
            return s_noSuchLocation;
        }

        var cards = 0;
        foreach (var environment in Enum.GetValues<TenantEnvironment>())
        {
            var tenant = new Tenant(who.Account, location, environment);
            var now = await directory.NowAsync(tenant, ct);
            cards += await store.CountFinishedCardsAsync(tenant, now - TimeSpan.FromDays(days), RetentionPreview.CountedUpTo + 1, ct);
        }

        return new RetentionPreview(days, cards);
    }

    public Task<Result<Location>> SetRetentionAsync(SignedInMember who, LocationId location, int days) => ChangeAsync(
        who, location, new LocationChange.RetentionDays(days), IsRetention(days) ? null : s_badRetention, AuditAction.RetentionChanged, before => $"{before.Retention.Days} → {days} days");

    private static bool IsRetention(int days) => days is >= 0 and <= IAccountSettings.MostRetentionDays;

    private static string OnOff(bool value) => value ? "on" : "off";

    private static string Subject(LocationId location) => $"location:{location.Value}";

    private async Task<Result<Location>> ChangeAsync(
        SignedInMember who, LocationId location, LocationChange? change, Refusal? invalid, AuditAction action, Func<Location, string> detail)
    {
        if (await gate.RefuseAsync(who, Operation.ManageSettings, Subject(location)) is { } refusal)
        {
            return refusal;
        }

        if (change is null || invalid is not null)
        {
            return invalid!;
        }

        var now = clock.GetUtcNow();
        var changed = await store.ChangeAsync(who.Account, location, change, before => who.Entry(now, action, Subject(location), detail(before)));
        directory.Forget(location);
        return changed;
    }
}
