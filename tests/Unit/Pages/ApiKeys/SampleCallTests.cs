using Dojo.Pci.Portal.Components.Pages.ApiKeys;
using Dojo.Pci.Tests.Unit.ApiKeys;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tests.Unit.Pages.ApiKeys;

public sealed class SampleCallTests : IAsyncLifetime
{
    private KeyKeepers _house = null!;

    public async ValueTask InitializeAsync() => _house = await KeyKeepers.StartAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [InlineData(TenantEnvironment.Sandbox, ApiKeyScopes.All, "\"expiryDate\": \"06/29\"")]
    [InlineData(TenantEnvironment.Sandbox, ApiKeyScopes.Read, "setup-intents?limit=1'")]
    [InlineData(TenantEnvironment.Production, ApiKeyScopes.All, "setup-intents?limit=1'")]
    [InlineData(TenantEnvironment.Production, ApiKeyScopes.Tokenize, null)]
    [InlineData(TenantEnvironment.Sandbox, ApiKeyScopes.Charge, null)]
    public async Task The_sample_is_a_call_that_the_key_may_make_and_no_card_number_goes_to_production(TenantEnvironment environment, ApiKeyScopes scopes, string? part)
    {
        var made = await _house.MakeAsync(scopes: scopes, tenant: _house.Tenant with { Environment = environment });

        var call = SampleCall.For(made, "https://vault.example/", _house.Now);

        if (part is null)
        {
            call.ShouldBeNull();
            return;
        }

        call.ShouldNotBeNull().ShouldContain(part);
        call.ShouldContain($"Authorization: Basic {made.Secret.Reveal()}'");
        call.ShouldContain("https://vault.example/setup-intents");
        call.Contains("cardNumber", StringComparison.Ordinal).ShouldBe(environment == TenantEnvironment.Sandbox && scopes == ApiKeyScopes.All);
    }
}
