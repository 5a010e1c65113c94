using Dapper;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>The parameters of a statement about one tenant: <c>@account</c>, <c>@location</c> and <c>@environment</c>.</summary>
internal static class TenantParameters
{
    /// <summary>Those of a tenant.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="more">What else the statement asks for.</param>
    public static DynamicParameters Of(Tenant tenant, object? more = null)
    {
        var parameters = new DynamicParameters(more);
        parameters.AddDynamicParams(new { account = tenant.Account.Value, location = tenant.Location.Value, environment = (int)tenant.Environment });
        return parameters;
    }
}
