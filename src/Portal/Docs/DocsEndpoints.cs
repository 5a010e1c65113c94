using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dojo.Pci.Portal.Docs;

/// <summary>Serves the documentation for language models: each guide as Markdown, and a list of all pages (llmstxt.org).</summary>
internal static class DocsEndpoints
{
    private const string Markdown = "text/markdown";
    private static readonly string[] s_methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapDocs(this IEndpointRouteBuilder routes)
    {
        routes.MapApiReference();
        var open = routes.MapGroup("").AllowAnonymous();
        open.MapMethods(PortalUrls.LlmsText, s_methods, static (HttpRequest request) => TypedResults.Text(List(AddressOf(request)), Markdown, Encoding.UTF8));
        open.MapMethods($"{PortalUrls.Docs}/{{slug}}.md", s_methods, Results<ContentHttpResult, NotFound> (HttpRequest request, string slug) =>
            GuideLibrary.Find(slug) is { } guide ? TypedResults.Text(Guide.At(guide.Markdown, AddressOf(request)), Markdown, Encoding.UTF8) : TypedResults.NotFound());
    }

    private static string AddressOf(HttpRequest request) => $"{request.Scheme}{Uri.SchemeDelimiter}{request.Host.Value}";

    private static string List(string address)
    {
        var list = new StringBuilder()
            .AppendLine("# Dojo PCI Portal").AppendLine()
            .AppendLine("> Card tokenization that speaks Dojo's PCI API: one call takes a card number and answers with a token; further calls charge it, capture, refund and reverse.").AppendLine()
            .AppendLine("## Guides").AppendLine();
        foreach (var guide in GuideLibrary.All)
        {
            list.AppendLine($"- [{guide.Title}]({address}{PortalUrls.Guide(guide.Slug)}.md): {guide.Summary}");
        }

        list.AppendLine().AppendLine("## Operations").AppendLine();
        foreach (var operation in ApiDescription.Operations)
        {
            list.AppendLine($"- [{operation.Method} {operation.Path}]({address}{PortalUrls.Operation(operation.Slug)}): {operation.Summary}");
        }

        return list.AppendLine()
            .AppendLine("## Reference").AppendLine()
            .AppendLine($"- [OpenAPI description]({address}{PortalUrls.OpenApi}): every operation with its shapes and examples")
            .AppendLine($"- [MCP server]({address}{PortalUrls.Guide("assistants")}.md): search, tokens, requests and webhooks for assistants, with an API key that has the scope read")
            .AppendLine($"- [Errors by code]({address}{PortalUrls.DocsErrors}): every refusal, its rule, a wrong request and a right one")
            .AppendLine($"- [Test cards]({address}{PortalUrls.TestCards}): the card numbers that the sandbox accepts; JSON to `Accept: application/json`")
            .ToString();
    }
}
