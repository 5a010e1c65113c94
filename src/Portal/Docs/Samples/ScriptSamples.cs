namespace Dojo.Pci.Portal.Docs.Samples;

/// <summary>Samples in PHP and Ruby.</summary>
internal static class ScriptSamples
{
    private static readonly LiteralForm s_php = new() { Open = "[", Close = "]", EmptyObject = "new stdClass()", Arrow = " => ", Quote = QuotePhp, Key = QuotePhp };
    private static readonly LiteralForm s_ruby = new() { Indent = 2, Arrow = " => ", Null = "nil", Quote = QuoteRuby, Key = QuoteRuby };

    public static string Php(SampleRequest request)
    {
        var key = request.Key is null ? "" : $"        {(request.Key.Literal is { } literal ? QuotePhp($"Authorization: Basic {literal}") : $"'Authorization: Basic ' . getenv('{request.Key?.Variable}')")},\n";
        var headers = key + string.Concat(request.Headers.Select(header => $"        {QuotePhp($"{header.Name}: {header.Value}")},\n"));
        return $$"""
            <?php
            {{request.KeyNote("//")}}$curl = curl_init({{QuotePhp(request.Address.AbsoluteUri)}});
            curl_setopt_array($curl, [
                CURLOPT_CUSTOMREQUEST => {{QuotePhp(request.Method)}},
                CURLOPT_RETURNTRANSFER => true,{{(headers.Length == 0 ? "" : $"\n    CURLOPT_HTTPHEADER => [\n{headers}    ],")}}{{(request.Body is null ? "" : $"\n    CURLOPT_POSTFIELDS => json_encode({SampleText.Literal(request.Body, s_php, 1)}),")}}
            ]);
            $body = curl_exec($curl);
            echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $body, PHP_EOL;
            """;
    }

    public static string Ruby(SampleRequest request)
    {
        var verb = $"{request.Method[..1]}{request.Method[1..].ToLowerInvariant()}";
        return $$"""
            {{(request.Body is null ? "" : "require \"json\"\n")}}require "net/http"

            {{request.KeyNote("#")}}uri = URI({{QuoteRuby(request.Address.AbsoluteUri)}})
            request = Net::HTTP::{{verb}}.new(uri)
            {{request.EachHeader(QuoteRuby, $"\"Basic #{{ENV.fetch(\"{request.Key?.Variable}\")}}\"", (name, value) => $"request[{name}] = {value}\n", "")}}{{(request.Body is null ? "" : $"request.body = JSON.generate({SampleText.Literal(request.Body, s_ruby)})\n")}}response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == "https") { |http| http.request(request) }
            puts "#{response.code} #{response.body}"
            """;
    }

    private static string QuotePhp(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private static string QuoteRuby(string text) => SampleJson.Quote(text).Replace("#", "\\#", StringComparison.Ordinal);
}
