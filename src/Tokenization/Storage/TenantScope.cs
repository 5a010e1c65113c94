using System.Globalization;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// The rows that a piece of work may see and write. Statements still name the tenant in their <c>WHERE</c>; an engine with row-level security
/// enforces the scope on a statement that does not (docs/adr/0037-row-level-security.md). The default value matches no tenant, so it finds no rows.
/// </summary>
internal readonly record struct TenantScope
{
    private readonly Reach _reach;
    private readonly Tenant _tenant;

    private TenantScope(Reach reach, Tenant tenant) => (_reach, _tenant) = (reach, tenant);

    private enum Reach : byte
    {
        Nobody,
        Tenant,
        Account,
        Service,
    }

    /// <summary>All rows: for the service's own work, and for rows that are read before their tenant is known, such as an API key.</summary>
    public static TenantScope Service { get; } = new(Reach.Service, default);

    /// <summary>The account of the rows; the default value for the service.</summary>
    public AccountId Account => _tenant.Account;

    /// <summary>The scope in the form that PostgreSQL's policies read: <c>*</c> for all rows, an account, or <c>account/location/environment</c>; empty for none.</summary>
    public string Setting => _reach switch
    {
        Reach.Service => "*",
        Reach.Account => Account.Value.ToString(CultureInfo.InvariantCulture),
        Reach.Tenant => string.Create(CultureInfo.InvariantCulture, $"{Account.Value}/{_tenant.Location.Value}/{(int)_tenant.Environment}"),
        _ => "",
    };

    /// <summary>The rows of an account, in all its locations and both environments.</summary>
    public static implicit operator TenantScope(AccountId account) => new(Reach.Account, default(Tenant) with { Account = account });

    /// <summary>The rows of one tenant, and those that all tenants of its account share.</summary>
    public static implicit operator TenantScope(Tenant tenant) => new(Reach.Tenant, tenant);

    /// <summary>The setting for statements of several pieces of work that are sent together. It covers the rows of their accounts.</summary>
    /// <param name="scopes">One or more scopes. <see cref="Service"/> may only occur alone.</param>
    public static string SettingOf(IReadOnlyCollection<TenantScope> scopes) =>
        scopes.Count == 1
            ? scopes.First().Setting
            : string.Join(',', scopes.Where(scope => scope._reach != Reach.Nobody).Select(scope => scope.Account.Value).Distinct().Order());
}
