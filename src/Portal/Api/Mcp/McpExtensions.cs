using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Http.Metadata;

namespace Dojo.Pci.Portal.Api.Mcp;

/// <summary>
/// The MCP server for assistants (modelcontextprotocol.io): it serves the documentation, and what a key with the scope <c>read</c> may see.
/// The gate checks its requests like those of any operation, but asks for no version. Each request stands alone: there are no sessions to
/// keep or to steal.
/// </summary>
internal static class McpExtensions
{
    private const string Instructions =
        "Reads the documentation of a card tokenization service, and the tokens, request logs and webhook subscriptions of the API key's location and environment. " +
        "It cannot change anything. Card numbers are never shown; do not put any into a question.";

    public static void AddMcp(this IServiceCollection services)
    {
        services.AddScoped<McpCaller>();
        services.AddMcpServer(options =>
            {
                options.ServerInfo = new() { Name = "dojo-pci-portal", Version = ProductVersion.Current };
                options.ServerInstructions = Instructions;
            })
            .WithHttpTransport(transport => transport.Stateless = true)
            .WithTools<DocsTools>()
            .WithTools<VaultTools>();
    }

    // The tools and the schemas of their arguments are created at the first request, because that takes a tenth of the start-up time.
    public static void MapMcpServer(this IEndpointRouteBuilder routes)
    {
        var answer = new Lazy<RequestDelegate>(() => AnswerOf(routes));
        routes.MapPost(ApiPaths.Mcp, context => AnswerAsync(context, answer.Value)).WithMetadata(new RequiredScope(ApiKeyScopes.Read), new WithoutVersion(), new ReadsOnly(), new BodyLimit());
        routes.Map(ApiPaths.Mcp, RefuseMethodAsync).WithMetadata(new MethodNotAllowed());
    }

    private static RequestDelegate AnswerOf(IEndpointRouteBuilder routes)
    {
        var own = new OwnRoutes(routes);
        own.MapMcp(ApiPaths.Mcp);
        return own.DataSources.SelectMany(source => source.Endpoints).Single().RequestDelegate!; // without sessions the library maps only POST
    }

    // The request's services create the tools, so the tenant is passed through a scoped service. IHttpContextAccessor would cost every request
    // of the API.
    private static Task AnswerAsync(HttpContext context, RequestDelegate answer)
    {
        context.RequestServices.GetRequiredService<McpCaller>().Tenant = context.Features.Get<AuthenticatedKey>()!.Key.Tenant;
        return answer(context);
    }

    private static Task RefuseMethodAsync(HttpContext context)
    {
        context.Response.Headers.Allow = HttpMethods.Post;
        return Problems.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, $"Allowed: {HttpMethods.Post}.");
    }

    /// <summary>Collects the endpoints that the library maps, without serving them.</summary>
    private sealed class OwnRoutes(IEndpointRouteBuilder routes) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => routes.ServiceProvider;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => routes.CreateApplicationBuilder();
    }

    private sealed class BodyLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => Limits.BodyBytes;
    }
}

/// <summary>The tenant whose data the tools of one request read.</summary>
internal sealed class McpCaller
{
    private Tenant? _tenant;

    /// <summary>The tenant of the key with which the request was made.</summary>
    public Tenant Tenant
    {
        get => _tenant ?? throw new InvalidOperationException("A tool was called past the gate.");
        set => _tenant = value;
    }
}
