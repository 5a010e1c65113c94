using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Settings;

/// <summary>One setting of a location as it is to be.</summary>
internal abstract record LocationChange
{
    public sealed record Name(string To) : LocationChange;

    public sealed record UniqueReferences(bool To) : LocationChange;

    public sealed record RepeatedCharges(bool To) : LocationChange;

    public sealed record RetentionDays(int To) : LocationChange;
}

/// <summary>The settings as members change them, with an entry in the trail for each change.</summary>
internal interface IAccountSettingsStore
{
    /// <summary>An account with its locations.</summary>
    Task<AccountOverview> ReadAsync(AccountId account, CancellationToken ct);

    /// <summary>Renames an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="name">The new name.</param>
    /// <param name="entry">What the trail says, given the old name.</param>
    Task<AccountOverview> RenameAsync(AccountId account, string name, Func<string, AuditEntry> entry);

    /// <summary>Adds a location.</summary>
    /// <returns>The location; null when there is one of this name.</returns>
    Task<Location?> TryAddLocationAsync(AccountId account, string name, DateTimeOffset now, Func<Location, AuditEntry> entry);

    /// <summary>Changes a location of an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="location">The location.</param>
    /// <param name="change">What to change.</param>
    /// <param name="entry">What the trail says, given the location before.</param>
    Task<Result<Location>> ChangeAsync(AccountId account, LocationId location, LocationChange change, Func<Location, AuditEntry> entry);

    /// <summary>How many finished tokens of a tenant have card data and were last changed before an instant, counted up to a limit.</summary>
    Task<int> CountFinishedCardsAsync(Tenant tenant, DateTimeOffset before, int limit, CancellationToken ct);
}
