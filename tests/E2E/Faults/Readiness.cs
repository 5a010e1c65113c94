using System.Diagnostics;
using System.Net;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Faults;

/// <summary>The readiness that a monitor of the portal sees.</summary>
internal static class Readiness
{
    /// <summary>The promised time within which a red state is visible.</summary>
    public static readonly TimeSpan SeenWithin = TimeSpan.FromSeconds(2);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Waits until the portal reports that it is not ready, and why, within the promised time and without naming a file.</summary>
    public static async Task ShouldTurnRedAsync(this PortalProcess portal, string reason)
    {
        var waited = Stopwatch.StartNew();
        var (status, body) = await AskAsync(portal);
        while (status == HttpStatusCode.OK && waited.Elapsed < SeenWithin)
        {
            (status, body) = await AskAsync(portal);
        }

        waited.Elapsed.ShouldBeLessThan(SeenWithin);
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        body.ShouldContain($"Not healthy: database. {reason}");
        body.ShouldNotContain(portal.Directory);
        body.ShouldNotContain("portal.db");
        (await portal.Client.GetAsync(new Uri("health/live", UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Checks that the portal is ready at the next request, now that the cause is gone.</summary>
    public static async Task ShouldBeGreenAsync(this PortalProcess portal) => (await AskAsync(portal)).Status.ShouldBe(HttpStatusCode.OK);

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(PortalProcess portal)
    {
        using var answer = await portal.Client.GetAsync(new Uri("health/ready", UriKind.Relative), Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }
}
