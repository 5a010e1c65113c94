using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Http.Metadata;

namespace Dojo.Pci.Portal.Api.Mcp;

/// <summary>
/// What assistants read by (modelcontextprotocol.io): the documentation, and what a key with the scope <c>read</c> may see. The gate stands
/// before it as before every operation, but asks for no version. Each request stands alone: there are no sessions to keep or to steal.
/// </summary>
internal static class McpExtensions
{
    private const string Instructions =
        "Reads the documentation of a card tokenization service, and the tokens, request logs and webhook subscriptions of the API key's location and environment. " +
        "Nothing can be changed by it. Card numbers are never shown; do not put any into a question.";

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

    // The tools and the schemas of what they take are made at the first request: that is a tenth of the time that a start takes.
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
        return own.DataSources.SelectMany(source => source.Endpoints).Single().RequestDelegate!; // without sessions there is a POST alone
    }

    // Tools are made by the services of the request. An accessor for the request would cost every request of the API a context of its own.
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

    /// <summary>Takes what the library maps, without serving it.</summary>
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

/// <summary>Whose data the tools of one request read.</summary>
internal sealed class McpCaller
{
    private Tenant? _tenant;

    /// <summary>The tenant of the key that the request was made with.</summary>
    public Tenant Tenant
    {
        get => _tenant ?? throw new InvalidOperationException("A tool was called past the gate.");
        set => _tenant = value;
    }
}
