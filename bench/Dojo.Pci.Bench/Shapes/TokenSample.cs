using System.Text.Json;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>Existing tokens of all locations and from all parts of the table, with the key that may read each.</summary>
internal static class TokenSample
{
    private const int PerLocation = 400;
    private const int PageSize = 100;

    /// <summary>Fetches them over the API, page after page, from days spread over the whole range.</summary>
    public static async Task<IReadOnlyList<(string Path, string Key)>> TakeAsync(BenchRun run, ServerProcess server)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{server.Address}") };
        client.DefaultRequestHeaders.Add("version", "2025-09-10");
        var rows = run.Datasets.RowsFor(1_000_000);
        var sample = new List<(string Path, string Key)>();
        foreach (var key in server.Keys.Production)
        {
            for (var page = 0; page < PerLocation / PageSize; page++)
            {
                var to = run.Datasets.DayOf((long)(rows * (page + 1.0) / (PerLocation / PageSize)));
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/setup-intents?limit={PageSize}&createdTo={to:yyyy-MM-dd'T'HH:mm:ss'Z'}");
                LoadHeaders.AddTo(request);
                request.Headers.TryAddWithoutValidation("Authorization", $"Basic {key}");
                using var answer = await client.SendAsync(request, run.Ct);
                using var json = await JsonDocument.ParseAsync(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(run.Ct), cancellationToken: run.Ct);
                sample.AddRange(json.RootElement.GetProperty("data").EnumerateArray().Select(item => ($"/setup-intents/{item.GetProperty("id").GetString()}", key)));
            }
        }

        return sample;
    }
}
