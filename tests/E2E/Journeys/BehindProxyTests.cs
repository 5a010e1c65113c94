using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dojo.Pci.Tests.E2E.Infrastructure;
using Dojo.Pci.Tests.E2E.Pages;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Journeys;

/// <summary>Production as in the manual: behind a proxy that terminates TLS, with the configuration printed there.</summary>
[Trait("Length", "Long")]
[UnsupportedOSPlatform("windows")]
public sealed class BehindProxyTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    public async Task The_configuration_in_the_manual_carries_the_API_the_sign_in_and_circuits(string kind)
    {
        var port = PortalProcess.FreePort();
        var address = $"https://localhost:{port}";
        var keys = MakeKeys();
        try
        {
            await using var portal = await PortalProcess.StartAsync(
                new PortalSettings
                {
                    Environment = "Production",
                    Variables = new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["Portal__TrustedProxies"] = "127.0.0.1",
                        ["Portal__PublicAddress"] = address,
                        ["Vault__KeyDirectory"] = keys,
                    },
                },
                Ct);
            await using var proxy = await ManualProxy.StartAsync(kind, port, portal);

            await ShouldTokenizeAsync(portal, address);
            await ShouldLetInAsync(portal, address);
            await ShouldCarryCircuitsAsync(address);
        }
        finally
        {
            Directory.Delete(keys, recursive: true);
        }
    }

    private static async Task ShouldTokenizeAsync(PortalProcess portal, string address)
    {
        var made = await portal.CommandAsync(["api-keys", "create", "sandbox"], Ct);
        made.ExitCode.ShouldBe(0, made.Printed);
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = IsOfTheTest } }) { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Basic {made.Printed.Trim()}");
        client.DefaultRequestHeaders.Add("version", "2025-09-10");

        // The proxy drops a client's own claim about its scheme.
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "http");
        using var body = new StringContent("""{"cardNumber":"5200000000001005","expiryDate":"12/48","reference":"Booking 4711"}""", Encoding.UTF8, "application/json");

        using var answer = await client.PostAsync(new Uri("/setup-intents", UriKind.Relative), body, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));

        using var health = await client.GetAsync(new Uri("/health/live", UriKind.Relative), Ct);
        health.StatusCode.ShouldBe(HttpStatusCode.NotFound, "health is not for outside");

        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        elsewhere.Headers.Host = "evil.example";
        using var refused = await client.SendAsync(elsewhere, Ct);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task ShouldLetInAsync(PortalProcess portal, string address)
    {
        var owner = new Someone("Ada Lovelace", "ada@example.com");
        var link = await Someone.PrintedLinkAsync(portal);
        link.ShouldStartWith(address);
        await using var visit = await Visit.BeginAsync(browser.Browser, portal, address: address);

        await owner.BeginSetUpAsync(visit, link);
        await owner.UseAppAsync(visit);
        foreach (var code in await new SetUpPages(visit.Page).RecoveryCodes.AllInnerTextsAsync())
        {
            owner.RecoveryCodes.Enqueue(code);
        }

        // Plain pages only: the other pages need scripts that exist only in the published program, and this one is only built.
        await using var again = await Visit.BeginAsync(browser.Browser, portal, address: address);
        await again.Page.GotoAsync("/account");
        await owner.SignInAsync(again);
        await Expect(again.Page).ToHaveURLAsync($"{address}/account");
    }

    private static async Task ShouldCarryCircuitsAsync(string address)
    {
        using var own = await OpenCircuitAsync(address, origin: address);
        own.State.ShouldBe(WebSocketState.Open);
        await Should.ThrowAsync<WebSocketException>(() => OpenCircuitAsync(address, origin: "https://evil.example"));
    }

    private static async Task<ClientWebSocket> OpenCircuitAsync(string address, string origin)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.SetRequestHeader("Origin", origin);
            socket.Options.RemoteCertificateValidationCallback = IsOfTheTest;
            await socket.ConnectAsync(new UriBuilder(address) { Scheme = "wss", Path = "_blazor" }.Uri, Ct);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsOfTheTest(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => certificate?.Subject == "CN=localhost";

    private static string MakeKeys()
    {
        var directory = Directory.CreateTempSubdirectory("dojo-pci-portal-keys-").FullName;
        RootKeyFile.Make(directory);
        return directory;
    }
}
