using System.Buffers.Binary;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Authentication.SigningIn;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tests.Unit.SigningIn;

/// <summary>Each default of the framework that violates PCI DSS, read from the running portal: an upgrade must not bring it back.</summary>
public sealed class DefaultsTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public void Passwords_have_twelve_characters_at_least() => Option<IdentityOptions>().Password.RequiredLength.ShouldBe(12);

    [Fact]
    public async Task A_stored_password_costs_220_000_rounds_of_SHA_512()
    {
        using var person = await APerson.OwnerAsync(portal);
        var hash = Convert.FromBase64String((await person.FindMemberAsync())!.PasswordHash);

        hash[0].ShouldBe((byte)1, "the framework's third format");
        BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1)).ShouldBe(2u, "HMAC-SHA-512");
        BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)).ShouldBe(220_000u);
        BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(9)).ShouldBeGreaterThanOrEqualTo(16u, "bytes of salt");
    }

    [Fact]
    public void Ten_failures_lock_for_thirty_minutes()
    {
        IMemberStore.FailuresBeforeLock.ShouldBe(10);
        IMemberStore.LockedFor.ShouldBe(TimeSpan.FromMinutes(30));
    }

    [Fact]
    public void A_session_is_idle_after_fifteen_minutes() => portal.Services.GetRequiredService<MemberSessions>().IdleTimeout.ShouldBe(TimeSpan.FromMinutes(15));

    [Fact]
    public void A_passkey_asks_who_uses_it_and_belongs_to_one_domain()
    {
        Option<IdentityPasskeyOptions>().UserVerificationRequirement.ShouldBe("required");
        Option<IdentityPasskeyOptions>().ServerDomain.ShouldBe("localhost", "not what a request says");
    }

    [Fact]
    public void What_a_circuit_showed_is_not_kept_for_one_who_was_away()
    {
        var circuits = Option<CircuitOptions>();

        circuits.DisconnectedCircuitRetentionPeriod.ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(3));
        circuits.PersistedCircuitInMemoryMaxRetained.ShouldBe(0);
        circuits.DetailedErrors.ShouldBeFalse();
    }

    [Fact]
    public async Task A_lost_connection_is_not_resumed_from_what_the_server_kept_of_it()
    {
        using var client = new HttpClient(new TlsProxyHandler(portal)) { BaseAddress = portal.BaseAddress };
        client.DefaultRequestHeaders.Add("Origin", portal.PublicAddress);
        using var answer = await client.PostAsync(new Uri("/_blazor/negotiate?negotiateVersion=1&useStatefulReconnect=true", UriKind.Relative), content: null, TestContext.Current.CancellationToken);

        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("useStatefulReconnect", customMessage: "CVE-2026-56170");
    }

    [Fact]
    public void The_keys_of_forms_are_kept_in_the_database_and_sealed()
    {
        Option<KeyManagementOptions>().XmlRepository.ShouldBeOfType<FormKeys>();
        Option<KeyManagementOptions>().XmlEncryptor.ShouldBeOfType<FormKeySealer>();
    }

    [Fact]
    public void The_cookie_of_the_forms_is_as_strict_as_that_of_the_session()
    {
        var cookie = Option<AntiforgeryOptions>().Cookie.Build(new Microsoft.AspNetCore.Http.DefaultHttpContext());

        cookie.Secure.ShouldBeTrue();
        cookie.HttpOnly.ShouldBeTrue();
        cookie.SameSite.ShouldBe(Microsoft.AspNetCore.Http.SameSiteMode.Strict);
        Option<AntiforgeryOptions>().Cookie.Name.ShouldNotBeNull().ShouldStartWith("__Host-");
    }

    [Fact]
    public void The_framework_is_past_the_break_of_its_data_protection() =>
        Environment.Version.ShouldBeGreaterThanOrEqualTo(new Version(10, 0, 7), "CVE-2026-40372");

    private T Option<T>()
        where T : class => portal.Services.GetRequiredService<IOptions<T>>().Value;
}
