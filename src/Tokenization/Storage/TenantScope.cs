using System.Globalization;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// Whose rows a piece of work sees and writes. Statements name the tenant in their <c>WHERE</c> all the same; an engine with row-level security
/// holds one that forgot it to this (docs/adr/0037-row-level-security.md). The default is nobody's: no rows.
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

    /// <summary>All rows: for what the service does by itself, and for what is read before it is known whose it is, such as an API key.</summary>
    public static TenantScope Service { get; } = new(Reach.Service, default);

    /// <summary>The account whose rows these are; the default for the service.</summary>
    public AccountId Account => _tenant.Account;

    /// <summary>As the policies of PostgreSQL read it: <c>*</c> for all rows, an account, or <c>account/location/environment</c>; empty for none.</summary>
    public string Setting => _reach switch
    {
        Reach.Service => "*",
        Reach.Account => Account.Value.ToString(CultureInfo.InvariantCulture),
        Reach.Tenant => string.Create(CultureInfo.InvariantCulture, $"{Account.Value}/{_tenant.Location.Value}/{(int)_tenant.Environment}"),
        _ => "",
    };

    /// <summary>The rows of an account, in all its locations and both environments.</summary>
    public static implicit operator TenantScope(AccountId account) => new(Reach.Account, default(Tenant) with { Account = account });

    /// <summary>The rows of one tenant, and those that its account has in common.</summary>
    public static implicit operator TenantScope(Tenant tenant) => new(Reach.Tenant, tenant);

    /// <summary>The setting for statements of several pieces of work that are sent as one: the rows of their accounts.</summary>
    /// <param name="scopes">One or more, none of which is the service's unless it is alone.</param>
    public static string SettingOf(IReadOnlyCollection<TenantScope> scopes) =>
        scopes.Count == 1
            ? scopes.First().Setting
            : string.Join(',', scopes.Where(scope => scope._reach != Reach.Nobody).Select(scope => scope.Account.Value).Distinct().Order());
}
