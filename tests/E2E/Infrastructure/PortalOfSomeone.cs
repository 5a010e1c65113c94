using System.Net;
using System.Text;
using System.Text.Json;
using Dojo.Pci.Tests.E2E.Api;
using Microsoft.Playwright;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>A test's own portal with a signed-in owner and their window.</summary>
public sealed class PortalOfSomeone : IAsyncDisposable
{
    private PortalOfSomeone(PortalProcess portal, Someone owner, Visit visit) => (Portal, Owner, Visit) = (portal, owner, visit);

    /// <summary>The portal.</summary>
    public PortalProcess Portal { get; }

    /// <summary>The owner of its first account.</summary>
    public Someone Owner { get; }

    /// <summary>The owner's window.</summary>
    public Visit Visit { get; }

    /// <summary>The one page in it.</summary>
    public IPage Page => Visit.Page;

    /// <summary>Starts a portal and goes through the owner's set-up.</summary>
    public static async Task<PortalOfSomeone> StartAsync(IBrowser browser)
    {
        var portal = await PortalProcess.StartAsync(ct: TestContext.Current.CancellationToken);
        try
        {
            var owner = new Someone("Ada Lovelace", "ada@example.com");
            var visit = await Visit.BeginAsync(browser, portal);
            await owner.SetUpAsync(visit, await Someone.PrintedLinkAsync(portal));
            return new PortalOfSomeone(portal, owner, visit);
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>The sandbox key that the first start printed.</summary>
    public Task<string> FirstKeyAsync() => Calls.FirstKeyAsync(Portal);

    /// <summary>Tokenizes a test card.</summary>
    /// <returns>The token.</returns>
    public async Task<string> TokenizeAsync(string key, string reference)
    {
        using var answer = await AskAsync(key, reference);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return body.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Returns the status of the API's answer to a key.</summary>
    public async Task<HttpStatusCode> StatusForAsync(string key, string reference = "Booking 1")
    {
        using var answer = await AskAsync(key, reference);
        return answer.StatusCode;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Visit.DisposeAsync();
        await Portal.DisposeAsync();
    }

    private async Task<HttpResponseMessage> AskAsync(string key, string reference)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "setup-intents");
        request.Headers.TryAddWithoutValidation("Authorization", $"Basic {key}");
        request.Headers.Add("version", "2025-09-10");
        var body = JsonSerializer.Serialize(new { cardNumber = "5200000000001005", expiryDate = "12/48", reference });
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Portal.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
