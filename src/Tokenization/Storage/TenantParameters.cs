using Dapper;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>The parameters that name a tenant in a statement: <c>@account</c>, <c>@location</c> and <c>@environment</c>.</summary>
internal static class TenantParameters
{
    /// <summary>Creates the parameters for a tenant.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="more">Further parameters of the statement; null for none.</param>
    public static DynamicParameters Of(Tenant tenant, object? more = null)
    {
        var parameters = new DynamicParameters(more);
        parameters.AddDynamicParams(new { account = tenant.Account.Value, location = tenant.Location.Value, environment = (int)tenant.Environment });
        return parameters;
    }
}
