using System.Text.RegularExpressions;

namespace Dojo.Pci.Portal.Docs.Samples;

/// <summary>Samples in JavaScript. Those for browsers contain the key, because a page has no environment variables: they are for the sandbox only.</summary>
internal static partial class JavaScriptSamples
{
    private static readonly LiteralForm s_form = new() { Indent = 2, Key = name => Name().IsMatch(name) ? name : SampleJson.Quote(name) };

    public static string Node(SampleRequest request)
    {
        var headers = request.EachHeader(SampleJson.Quote, $"`Basic ${{process.env.{request.Key?.Variable}}}`", (name, value) => $"    {name}: {value},");
        return $$"""
            {{request.KeyNote("//")}}const response = await fetch({{SampleJson.Quote(request.Address.AbsoluteUri)}}, {
              method: {{SampleJson.Quote(request.Method)}},{{(headers.Length == 0 ? "" : $"\n  headers: {{\n{headers}\n  }},")}}{{Body(request, "body", 1)}}
            });
            console.log(response.status, await response.text());
            """;
    }

    public static string JQuery(SampleRequest request)
    {
        var headers = request.EachHeader(SampleJson.Quote, "`Basic ${key}`", (name, value) => $"    {name}: {value},");
        return $$"""
            {{Key(request)}}$.ajax({
              url: {{SampleJson.Quote(request.Address.AbsoluteUri)}},
              method: {{SampleJson.Quote(request.Method)}},
              dataType: "text",{{(headers.Length == 0 ? "" : $"\n  headers: {{\n{headers}\n  }},")}}{{Body(request, "data", 1)}}
            })
              .done((text, status, request) => console.log(request.status, text))
              .fail((request) => console.log(request.status, request.responseText));
            """;
    }

    public static string Xhr(SampleRequest request) => $$"""
        {{Key(request)}}const request = new XMLHttpRequest();
        request.open({{SampleJson.Quote(request.Method)}}, {{SampleJson.Quote(request.Address.AbsoluteUri)}});
        {{request.EachHeader(SampleJson.Quote, "`Basic ${key}`", (name, value) => $"request.setRequestHeader({name}, {value});\n", "")}}request.onload = () => console.log(request.status, request.responseText);
        request.onerror = () => console.log("The service could not be reached.");
        request.send({{(request.Body is null ? "" : $"JSON.stringify({SampleText.Literal(request.Body, s_form)})")}});
        """;

    private static string Body(SampleRequest request, string property, int depth) =>
        request.Body is null ? "" : $"\n  {property}: JSON.stringify({SampleText.Literal(request.Body, s_form, depth)}),";

    private static string Key(SampleRequest request) => request.Key is { Literal: null } key
        ? $"// For trying out the sandbox only: a browser shows the key to everybody.{(key.Hint is null ? "" : $"\n// Yours: {key.Hint}.")}\nconst key = {SampleJson.Quote(key.StandIn)};\n"
        : "";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
