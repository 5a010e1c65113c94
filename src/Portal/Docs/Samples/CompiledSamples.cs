namespace Dojo.Pci.Portal.Docs.Samples;

/// <summary>Samples in C#, Go, Swift and C.</summary>
internal static class CompiledSamples
{
    public static string CSharp(SampleRequest request) => $$""""
        #:package RestSharp@114.1.0
        using RestSharp;

        {{request.KeyNote("//")}}using var client = new RestClient({{SampleJson.Quote(request.Address.GetLeftPart(UriPartial.Authority))}});
        var request = new RestRequest({{SampleJson.Quote(request.Address.PathAndQuery)}}, Method.{{request.Method[..1]}}{{request.Method[1..].ToLowerInvariant()}});
        {{WithoutContentType(request).EachHeader(SampleJson.Quote, $"\"Basic \" + Environment.GetEnvironmentVariable(\"{request.Key?.Variable}\")", (name, value) => $"request.AddHeader({name}, {value});\n", "")}}{{(request.Body is null ? "" : $"request.AddStringBody(\"\"\"\n{SampleText.IndentAll(SampleJson.Pretty(request.Body), 4)}\n    \"\"\", ContentType.Json);\n")}}
        var response = await client.ExecuteAsync(request);
        Console.WriteLine($"{(int)response.StatusCode} {response.Content}");
        """";

    public static string Go(SampleRequest request)
    {
        var body = request.Body is null ? "nil" : "strings.NewReader(body)";
        string[] imports = [.. new[] { "fmt", "io", "net/http" }, .. request.Key is { Literal: null } ? ["os"] : Array.Empty<string>(), .. request.Body is null ? Array.Empty<string>() : ["strings"]];
        return $$"""
            package main

            import (
            {{string.Join('\n', imports.Select(name => $"\t\"{name}\""))}}
            )

            func main() {
            {{Tabbed(request.KeyNote("//"))}}{{(request.Body is null ? "" : $"\tbody := {GoText(SampleJson.Pretty(request.Body))}\n")}}	request, err := http.NewRequest({{SampleJson.Quote(request.Method)}}, {{SampleJson.Quote(request.Address.AbsoluteUri)}}, {{body}})
            	if err != nil {
            		panic(err)
            	}
            {{request.EachHeader(SampleJson.Quote, $"\"Basic \"+os.Getenv(\"{request.Key?.Variable}\")", (name, value) => $"\trequest.Header.Set({name}, {value})\n", "")}}
            	response, err := http.DefaultClient.Do(request)
            	if err != nil {
            		panic(err)
            	}
            	defer response.Body.Close()
            	answer, err := io.ReadAll(response.Body)
            	if err != nil {
            		panic(err)
            	}
            	fmt.Println(response.StatusCode, string(answer))
            }
            """;
    }

    public static string Swift(SampleRequest request) => $$""""
        import Foundation
        #if canImport(FoundationNetworking)
        import FoundationNetworking
        #endif

        {{request.KeyNote("//")}}var request = URLRequest(url: URL(string: {{SampleJson.Quote(request.Address.AbsoluteUri)}})!)
        request.httpMethod = {{SampleJson.Quote(request.Method)}}
        {{request.EachHeader(SampleJson.Quote, $"\"Basic \" + ProcessInfo.processInfo.environment[\"{request.Key?.Variable}\"]!", (name, value) => $"request.setValue({value}, forHTTPHeaderField: {name})\n", "")}}{{(request.Body is null ? "" : $"request.httpBody = #\"\"\"\n{SampleJson.Pretty(request.Body)}\n\"\"\"#.data(using: .utf8)\n")}}
        let (data, response) = try await URLSession.shared.data(for: request)
        print((response as! HTTPURLResponse).statusCode, String(decoding: data, as: UTF8.self))
        """";

    public static string C(SampleRequest request)
    {
        var key = request.Key switch
        {
            null => "",
            { Literal: { } literal } => $"    headers = curl_slist_append(headers, {SampleJson.Quote($"Authorization: Basic {literal}")});\n",
            _ => $"    char authorization[256];\n    snprintf(authorization, sizeof authorization, \"Authorization: Basic %s\", getenv(\"{request.Key?.Variable}\"));\n    headers = curl_slist_append(headers, authorization);\n",
        };
        var body = request.Body is null ? "" : string.Join('\n', SampleJson.Pretty(request.Body).Split('\n').Select(line => $"        {SampleJson.Quote(line)}"));
        return $$"""
            #include <curl/curl.h>
            #include <stdio.h>
            #include <stdlib.h>

            int main(void)
            {
            {{(request.Key is { Literal: null } ? SampleText.IndentAll(request.KeyNote("//").TrimEnd(), 4) + "\n" : "")}}    CURL *curl = curl_easy_init();
                struct curl_slist *headers = NULL;
            {{key}}{{string.Concat(request.Headers.Select(header => $"    headers = curl_slist_append(headers, {SampleJson.Quote($"{header.Name}: {header.Value}")});\n"))}}    curl_easy_setopt(curl, CURLOPT_URL, {{SampleJson.Quote(request.Address.AbsoluteUri)}});
                curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, {{SampleJson.Quote(request.Method)}});
                curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
            {{(request.Body is null ? "" : $"    curl_easy_setopt(curl, CURLOPT_POSTFIELDS,\n{body});\n")}}
                CURLcode outcome = curl_easy_perform(curl);
                long status = 0;
                curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
                if (outcome == CURLE_OK)
                    printf("\n%ld\n", status);
                else
                    fprintf(stderr, "%s\n", curl_easy_strerror(outcome));
                curl_slist_free_all(headers);
                curl_easy_cleanup(curl);
                return outcome == CURLE_OK ? 0 : 1;
            }
            """;
    }

    private static string GoText(string text) => text.Contains('`', StringComparison.Ordinal) ? SampleJson.Quote(text) : $"`{text}`";

    private static string Tabbed(string text) => text.Length == 0 ? "" : $"\t{text}";

    private static SampleRequest WithoutContentType(SampleRequest request) => request with { Headers = [.. request.Headers.Where(header => header.Name != "content-type")] };
}
