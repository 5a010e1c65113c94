namespace Dojo.Pci.Portal.Docs.Samples;

/// <summary>Samples in Java and Kotlin, both with the HTTP client of Java's standard library (11 and later).</summary>
internal static class JvmSamples
{
    public static string Java(SampleRequest request) => $$""""
        import java.net.URI;
        import java.net.http.HttpClient;
        import java.net.http.HttpRequest;
        import java.net.http.HttpResponse;

        public class Sample {
            public static void main(String[] args) throws Exception {
        {{Note(request)}}        var request = HttpRequest.newBuilder(URI.create({{SampleJson.Quote(request.Address.AbsoluteUri)}}))
        {{request.EachHeader(SampleJson.Quote, $"\"Basic \" + System.getenv(\"{request.Key?.Variable}\")", (name, value) => $"            .header({name}, {value})\n", "")}}            .method({{SampleJson.Quote(request.Method)}}, {{(request.Body is null ? "HttpRequest.BodyPublishers.noBody()" : $"HttpRequest.BodyPublishers.ofString(\"\"\"\n{SampleText.IndentAll(SampleJson.Pretty(request.Body).Replace("\\", "\\\\", StringComparison.Ordinal), 16)}\"\"\")")}})
                    .build();
                var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
                System.out.println(response.statusCode() + " " + response.body());
            }
        }
        """";

    public static string Kotlin(SampleRequest request) => $$""""
        import java.net.URI
        import java.net.http.HttpClient
        import java.net.http.HttpRequest
        import java.net.http.HttpResponse

        fun main() {
        {{(request.Key is { Literal: null } ? SampleText.IndentAll(request.KeyNote("//").TrimEnd(), 4) + "\n" : "")}}    val request = HttpRequest.newBuilder(URI.create({{Quote(request.Address.AbsoluteUri)}}))
        {{request.EachHeader(Quote, $"\"Basic \" + System.getenv(\"{request.Key?.Variable}\")", (name, value) => $"        .header({name}, {value})\n", "")}}        .method({{Quote(request.Method)}}, {{(request.Body is null ? "HttpRequest.BodyPublishers.noBody()" : $"HttpRequest.BodyPublishers.ofString(\"\"\"\n{SampleText.IndentAll(SampleJson.Pretty(request.Body).Replace("$", "${'$'}", StringComparison.Ordinal), 12)}\n        \"\"\".trimIndent())")}})
                .build()
            val response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString())
            println("${response.statusCode()} ${response.body()}")
        }
        """";

    private static string Note(SampleRequest request) => request.Key is { Literal: null } ? SampleText.IndentAll(request.KeyNote("//").TrimEnd(), 8) + "\n" : "";

    private static string Quote(string text) => SampleJson.Quote(text).Replace("$", "\\$", StringComparison.Ordinal);
}
