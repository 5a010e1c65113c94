namespace Dojo.Pci.Portal.Docs.Samples;

/// <summary>Samples for a command line.</summary>
internal static class ShellSamples
{
    public static string Curl(SampleRequest request)
    {
        // By default curl sends a POST if there is a body, otherwise a GET.
        var usual = request.Body is null ? "GET" : "POST";
        List<string> lines = [$"curl {(request.Method == usual ? "" : $"--request {request.Method} ")}{Address(request.Address.AbsoluteUri)}"];
        if (request.Key is { } key)
        {
            lines.Add(key.Literal is { } literal ? $"--header {Quote($"Authorization: Basic {literal}")}" : $"--header \"Authorization: Basic ${request.Key?.Variable}\"");
        }

        lines.AddRange(request.Headers.Select(header => $"--header {Quote($"{header.Name}: {header.Value}")}"));
        if (request.Body is not null)
        {
            lines.Add($"--data {Quote(SampleJson.Pretty(request.Body))}");
        }

        return request.KeyNote("#") + string.Join(" \\\n  ", lines);

        static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

        static string Address(string text) => text.AsSpan().ContainsAny('?', '&', '\'') ? Quote(text) : text;
    }

    public static string PowerShell(SampleRequest request)
    {
        var body = request.Body is null ? "" : $"$body = {Quote(SampleJson.Pretty(request.Body))}\n";
        var headers = request with { Headers = [.. request.Headers.Where(header => header.Name != "content-type")] };
        return $$"""
            {{request.KeyNote("#")}}$headers = @{
            {{headers.EachHeader(Quote, $"\"Basic $env:{request.Key?.Variable}\"", (name, value) => $"    {name} = {value}")}}
            }
            {{body}}$response = Invoke-WebRequest {{Quote(request.Address.AbsoluteUri)}} -Method {{request.Method}} -Headers $headers -SkipHttpErrorCheck{{(request.Body is null ? "" : " -ContentType 'application/json' -Body $body")}}
            Write-Output "$($response.StatusCode) $($response.Content)"
            """;

        static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }
}
