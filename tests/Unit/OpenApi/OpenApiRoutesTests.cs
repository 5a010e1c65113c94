using System.Net;
using System.Text.RegularExpressions;
using Dojo.Pci.Portal.Api.Gate;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.OpenApi;

/// <summary>The document and the running program describe the same API.</summary>
public sealed class OpenApiRoutesTests(OpenApiRoutesTests.App app) : IClassFixture<OpenApiRoutesTests.App>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_mapped_operation_is_documented()
    {
        Mapped().Contains("POST /setup-intents", StringComparer.Ordinal).ShouldBeTrue();
        Mapped().Except(Documented(), StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Every_documented_operation_is_mapped() => Documented().Except(Mapped(), StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public async Task The_document_is_served_to_anyone()
    {
        using var client = app.CreateDefaultClient(new OpenApiCheckingHandler());

        using var answer = await client.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative), Ct);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var served = new OpenApiContract(await answer.Content.ReadAsByteArrayAsync(Ct));
        served.Operations.Count.ShouldBe(OpenApiContract.Current.Operations.Count);
        served.Document.GetProperty("servers")[0].GetProperty("url").GetString().ShouldBe("http://localhost", "programs are made from this document: the address must be one that they can call");
    }

    [Fact]
    public async Task The_document_is_not_sent_again_to_anyone_who_has_it()
    {
        using var client = app.CreateDefaultClient(new OpenApiCheckingHandler());
        using var first = await client.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative), Ct);
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri("/openapi/v1.json", UriKind.Relative));
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var answer = await client.SendAsync(again, Ct);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("GET", "/health/live")]
    [InlineData("GET", "/health/ready")]
    [InlineData("GET", "/docs/test-cards")]
    [InlineData("POST", "/setup-intents")]
    [InlineData("PUT", "/setup-intents")]
    [InlineData("GET", "/setup-intents/nothing/of/the/kind")]
    public async Task What_anyone_who_has_no_key_sees_is_documented(string method, string path)
    {
        using var client = app.CreateDefaultClient(new OpenApiCheckingHandler());
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Headers.Accept.ParseAdd("application/json");

        using var answer = await client.SendAsync(request, Ct);

        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Unauthorized);
    }

    private static IEnumerable<string> Documented() => OpenApiContract.Current.Operations.Select(operation => WithoutNames(operation.ToString()));

    /// <summary>The program's operations: every endpoint at an address that the document covers, except the pages and refusals there.</summary>
    private IEnumerable<string> Mapped() =>
        app.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<MethodNotAllowed>() is null && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null)
            .Select(endpoint => (Methods: endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"], Path: "/" + endpoint.RoutePattern.RawText?.Trim('/')))
            .Where(endpoint => OpenApiContract.Current.Covers(endpoint.Path))
            .SelectMany(endpoint => endpoint.Methods.Select(method => WithoutNames($"{method} {endpoint.Path}")))
            .Where(operation => !operation.StartsWith("HEAD ", StringComparison.Ordinal)) // implied by GET
            .Distinct(StringComparer.Ordinal);

    // The names and constraints of parameters are an internal matter.
    private static string WithoutNames(string operation) => Regex.Replace(operation, "\\{[^}]*\\}", "{}", RegexOptions.None, TimeSpan.FromSeconds(1));

    public sealed class App : WebApplicationFactory<Program>
    {
        private readonly string _directory = Directory.CreateTempSubdirectory("openapi-routes-").FullName;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("Portal:DataDirectory", Path.Combine(_directory, "data"));
            builder.UseSetting("Vault:KeyDirectory", Path.Combine(_directory, "keys"));
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing && Directory.Exists(_directory))
            {
                Directory.Delete(_directory, recursive: true);
            }
        }
    }
}
