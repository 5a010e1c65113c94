using Dojo.Pci.Portal;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class SelectedTenantTests
{
    private static readonly Location[] s_locations =
    [
        new(new LocationId(1), new AccountId(1), "Airport", UniqueReferences: false) { Slug = "airport" },
        new(new LocationId(2), new AccountId(1), "Dockside", UniqueReferences: false) { Slug = "dockside" },
    ];

    [Theory]
    [InlineData("", 1, TenantEnvironment.Sandbox)]
    [InlineData("?location=dockside", 2, TenantEnvironment.Sandbox)]
    [InlineData("?location=dockside&env=production", 2, TenantEnvironment.Production)]
    [InlineData("?env=sandbox", 1, TenantEnvironment.Sandbox)]
    [InlineData("?location=&env=", 1, TenantEnvironment.Sandbox)]
    public void An_address_names_a_place_or_leaves_it_out(string query, long location, TenantEnvironment environment)
    {
        var selected = SelectedTenant.Of(s_locations, $"http://localhost/tokens{query}");

        (selected.Location.Id.Value, selected.Environment, selected.Fault).ShouldBe((location, environment, null));
    }

    [Theory]
    [InlineData("?location=elsewhere", "location")]
    [InlineData("?location=DOCKSIDE", "location")]
    [InlineData("?location=airport&location=dockside", "location")]
    [InlineData("?location=2&env=live", "location")]
    [InlineData("?location=dockside&env=prod", "env")]
    public void An_address_that_names_no_place_has_a_fault(string query, string parameter)
    {
        var selected = SelectedTenant.Of(s_locations, $"http://localhost/tokens{query}");

        selected.Fault.ShouldNotBeNull().ShouldStartWith($"The parameter {parameter} of the address");
        selected.Environment.ShouldBe(TenantEnvironment.Sandbox, "what is unknown is not production");
    }
}
