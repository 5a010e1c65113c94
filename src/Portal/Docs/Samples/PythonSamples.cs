namespace Dojo.Pci.Portal.Docs.Samples;

/// <summary>Samples in Python.</summary>
internal static class PythonSamples
{
    private static readonly LiteralForm s_form = new() { True = "True", False = "False", Null = "None" };

    public static string Requests(SampleRequest request)
    {
        var sent = request with { Headers = [.. request.Headers.Where(header => header.Name != "content-type")] };
        var headers = sent.EachHeader(SampleJson.Quote, KeyHeader(request), (name, value) => $"        {name}: {value},");
        return $$"""
            {{Environment(request)}}import requests

            {{request.KeyNote("#")}}response = requests.{{request.Method.ToLowerInvariant()}}(
                {{SampleJson.Quote(request.Address.AbsoluteUri)}},{{(headers.Length == 0 ? "" : $"\n    headers={{\n{headers}\n    }},")}}{{(request.Body is null ? "" : $"\n    json={SampleText.Literal(request.Body, s_form, 1)},")}}
            )
            print(response.status_code, response.text)
            """;
    }

    public static string HttpClient(SampleRequest request)
    {
        var connection = request.Address.Scheme == Uri.UriSchemeHttps ? "HTTPSConnection" : "HTTPConnection";
        var headers = request.EachHeader(SampleJson.Quote, KeyHeader(request), (name, value) => $"        {name}: {value},");
        return $$"""
            import http.client
            {{(request.Body is null ? "" : "import json\n")}}{{Environment(request)}}
            {{request.KeyNote("#")}}connection = http.client.{{connection}}({{SampleJson.Quote(request.Address.Host)}}, {{request.Address.Port}})
            connection.request(
                {{SampleJson.Quote(request.Method)}},
                {{SampleJson.Quote(request.Address.PathAndQuery)}},{{(request.Body is null ? "" : $"\n    body=json.dumps({SampleText.Literal(request.Body, s_form, 1)}),")}}{{(headers.Length == 0 ? "" : $"\n    headers={{\n{headers}\n    }},")}}
            )
            response = connection.getresponse()
            print(response.status, response.read().decode())
            """;
    }

    private static string KeyHeader(SampleRequest request) => $"\"Basic \" + os.environ[\"{request.Key?.Variable}\"]";

    private static string Environment(SampleRequest request) => request.Key is { Literal: null } ? "import os\n" : "";
}
