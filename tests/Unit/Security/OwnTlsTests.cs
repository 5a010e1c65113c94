using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Startup;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tests.Unit.Security;

/// <summary>TLS that the portal terminates itself, with a certificate from its settings.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OwnTlsTests : IAsyncLifetime
{
    private readonly PortalProgram _files = new();
    private WebApplication _portal = null!;
    private string _key = "";

    private Uri Address => new(_portal.Urls.First());

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (pem, pemKey) = (Path.Combine(_files.Root, "tls.pem"), Path.Combine(_files.Root, "tls.key"));
        await File.WriteAllTextAsync(pem, certificate.ExportCertificatePem(), ct);
        await File.WriteAllTextAsync(pemKey, key.ExportPkcs8PrivateKeyPem(), ct);
        File.SetUnixFileMode(pemKey, UnixFileMode.UserRead);
        _files.MakeRootKey();

        // As in Program, and with the settings of the manual.
        var builder = PortalBuilder.Create(
            "--environment", "Production",
            "--Portal:DataDirectory", _files.DataDirectory,
            "--Vault:KeyDirectory", _files.KeyDirectory,
            "--Portal:PublicAddress", "https://localhost",
            "--urls", "https://127.0.0.1:0",
            "--Kestrel:Certificates:Default:Path", pem,
            "--Kestrel:Certificates:Default:KeyPath", pemKey);
        builder.AddPortal();
        builder.Logging.ClearProviders();
        _portal = builder.Build();
        await _portal.Services.GetRequiredService<VaultStartup>().OpenAsync();
        _portal.UsePortal();
        await _portal.StartAsync(ct);
        var location = (await _portal.Services.GetRequiredService<IAccountStore>().ListLocationsAsync(ct))[0];
        var made = new NewApiKey(new Tenant(location.Account, location.Id, TenantEnvironment.Sandbox), "Test");
        _key = (await _portal.Services.GetRequiredService<IApiKeyService>().CreateAsync(made, ct)).Secret.Reveal();
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        _files.Dispose();
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, true)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, true)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, true)]
    [InlineData(SslProtocols.Tls13, TlsCipherSuite.TLS_AES_256_GCM_SHA384, true)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, false)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, false)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, false)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA, false)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384, false)] // no forward secrecy
    public async Task A_handshake_ends_in_authenticated_encryption_or_not_at_all(SslProtocols protocol, TlsCipherSuite suite, bool succeeds)
    {
        var handshake = ShakeHandsAsync(protocol, suite);

        if (succeeds)
        {
            (await handshake).ShouldBe(suite);
        }
        else
        {
            // The server aborts, with an alert or by closing the connection.
            (await Should.ThrowAsync<Exception>(handshake)).ShouldSatisfyAllConditions(refused => (refused is AuthenticationException or IOException).ShouldBeTrue(refused.ToString()));
        }
    }

    [Fact]
    public async Task Who_comes_over_it_needs_no_proxy()
    {
        var body = System.Text.Encoding.UTF8.GetBytes(new ACard().ToJson());

        var answer = await RawHttp.SendAsItIsAsync(Address, [.. RawHttp.Head(_key), $"Content-Length: {body.Length}", "Connection: close"], body, from: "127.0.0.2");

        answer.ShouldBeOk();
        answer.Header("Strict-Transport-Security").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_the_server_refuses_by_itself_is_explained_inside_of_it_too() =>
        (await RawHttp.SendAsItIsAsync(Address, ["GET /%00 HTTP/1.1", "Host: localhost"])).ShouldBeProblem(400);

    private async Task<TlsCipherSuite> ShakeHandsAsync(SslProtocols protocol, TlsCipherSuite suite)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Address.Host, Address.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, RawHttp.IsOfTheTest);
        var options = new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = protocol, CipherSuitesPolicy = new CipherSuitesPolicy([suite]) };
        await tls.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken);
        return tls.NegotiatedCipherSuite;
    }
}
