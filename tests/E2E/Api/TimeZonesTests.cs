using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Api;

/// <summary>Dates mean the same on every machine, whatever its time zone and language.</summary>
public sealed class TimeZonesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Asia/Tokyo", "ja_JP.UTF-8")]
    [InlineData("America/New_York", "en_US.UTF-8")]
    [InlineData("Europe/Istanbul", "tr_TR.UTF-8")]
    public async Task A_date_without_an_offset_is_UTC_wherever_the_machine_is(string zone, string language)
    {
        var settings = new PortalSettings
        {
            StartWithin = TimeSpan.FromMinutes(2),
            Variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["TZ"] = zone, ["LANG"] = language, ["LC_ALL"] = language },
        };
        await using var portal = await PortalProcess.StartAsync(settings, Ct);
        var key = await Calls.FirstKeyAsync(portal);

        var moved = await PostAsync(portal, key, "sandbox/clock", """{"set":"2030-01-31T12:00:00"}""");
        moved.GetProperty("now").GetString()!.ShouldStartWith("2030-01-31T12:00:0");
        (await PostAsync(portal, key, "sandbox/clock", """{"advance":"P1M"}""")).GetProperty("now").GetString()!.ShouldStartWith("2030-02-28T12:00:0");

        const string Terms = "\"reference\":\"r\",\"terms\":\"t\",\"merchantInitiatedTransactionType\":\"NoShow\"";
        var made = await PostAsync(portal, key, "setup-intents", $$"""{{{Terms}},"expireAt":"2030-03-01T23:30:00"}""");
        made.GetProperty("expireAt").GetString().ShouldBe("2030-03-01T23:30:00Z");

        (await CountAsync(portal, key, "createdFrom=2030-02-28T12:00:00&createdTo=2030-02-28T12:30:00")).ShouldBe(1);
        (await CountAsync(portal, key, "createdFrom=2030-02-28&createdTo=2030-03-01")).ShouldBe(1);
        (await CountAsync(portal, key, "createdTo=2030-02-28T12:00:00")).ShouldBe(0);
        (await CountAsync(portal, key, "status=created&createdFrom=2030-02-28T21:00:00%2B09:00")).ShouldBe(1);
    }

    private static Task<JsonElement> PostAsync(PortalProcess portal, string key, string path, string json) =>
        AskAsync(portal, key, new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) });

    private static async Task<int> CountAsync(PortalProcess portal, string key, string query) =>
        (await AskAsync(portal, key, new HttpRequestMessage(HttpMethod.Get, $"setup-intents?{query}"))).GetProperty("data").GetArrayLength();

    private static async Task<JsonElement> AskAsync(PortalProcess portal, string key, HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Basic {key}");
            request.Headers.Add("version", "2025-09-10");
            using var answer = await portal.Client.SendAsync(request, Ct);
            var body = await answer.Content.ReadAsStringAsync(Ct);
            answer.IsSuccessStatusCode.ShouldBeTrue(body);
            using var parsed = JsonDocument.Parse(body);
            return parsed.RootElement.Clone();
        }
    }
}
