using System.Text.Json;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>Tokens that there are, of all locations and from all over the table, with the key to ask for each.</summary>
internal static class TokenSample
{
    private const int PerLocation = 400;
    private const int PageSize = 100;

    /// <summary>Takes them over the API, page after page from days that are spread over what there is.</summary>
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
