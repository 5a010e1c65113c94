using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Settings;

/// <summary>The new value of one setting of a location.</summary>
internal abstract record LocationChange
{
    public sealed record Name(string To) : LocationChange;

    public sealed record UniqueReferences(bool To) : LocationChange;

    public sealed record RepeatedCharges(bool To) : LocationChange;

    public sealed record RetentionDays(int To) : LocationChange;
}

/// <summary>Stores the settings that members change, with an audit entry for each change.</summary>
internal interface IAccountSettingsStore
{
    /// <summary>Reads an account with its locations.</summary>
    Task<AccountOverview> ReadAsync(AccountId account, CancellationToken ct);

    /// <summary>Renames an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="name">The new name.</param>
    /// <param name="entry">Makes the audit entry from the old name.</param>
    Task<AccountOverview> RenameAsync(AccountId account, string name, Func<string, AuditEntry> entry);

    /// <summary>Adds a location.</summary>
    /// <returns>The location; null if the account already has one of this name.</returns>
    Task<Location?> TryAddLocationAsync(AccountId account, string name, DateTimeOffset now, Func<Location, AuditEntry> entry);

    /// <summary>Changes a location of an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="location">The location.</param>
    /// <param name="change">The change.</param>
    /// <param name="entry">Makes the audit entry from the location before the change.</param>
    Task<Result<Location>> ChangeAsync(AccountId account, LocationId location, LocationChange change, Func<Location, AuditEntry> entry);

    /// <summary>Counts, up to a limit, the finished tokens of a tenant that have card data and were last changed before an instant.</summary>
    Task<int> CountFinishedCardsAsync(Tenant tenant, DateTimeOffset before, int limit, CancellationToken ct);
}
