using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>What a key must be allowed to do for an operation; metadata of its endpoint.</summary>
/// <param name="Scope">The scope.</param>
internal sealed record RequiredScope(ApiKeyScopes Scope);

/// <summary>Marks an operation that production does not have; metadata of its endpoint.</summary>
internal sealed record SandboxOnly;

/// <summary>Marks an operation that needs no key; metadata of its endpoint.</summary>
internal sealed record OpenToAnyone;

/// <summary>Marks the endpoint that answers for the methods a resource does not have.</summary>
internal sealed record MethodNotAllowed;

/// <summary>Marks an operation that takes a body, and with it its place among those that write; metadata of its endpoint.</summary>
internal sealed record TakesBody;

/// <summary>Marks what reads although its method says that it may write; metadata of its endpoint. It takes no place among those that write.</summary>
internal sealed record ReadsOnly;

/// <summary>Marks what is none of the operations that have versions; metadata of its endpoint.</summary>
internal sealed record WithoutVersion;

/// <summary>One method of a resource.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Scope">What a key must be allowed to do; null for an operation that needs no key.</param>
/// <param name="Handler">Answers it.</param>
/// <param name="TakesBody">Whether it takes a body, by <see cref="JsonRequest.TakeBodyAsync"/>.</param>
internal sealed record Operation(string Method, ApiKeyScopes? Scope, RequestDelegate Handler, bool TakesBody = false)
{
    /// <summary>Whether it is unknown to production keys.</summary>
    public bool IsSandboxOnly { get; init; }

    /// <summary>Whether it is none of those that have versions.</summary>
    public bool HasNoVersion { get; init; }
}

/// <summary>Maps resources of the API with all their methods at once, so that 405 knows what to allow.</summary>
internal static class Resources
{
    /// <summary>
    /// Maps a resource. Routing's own 405 is not enough: another endpoint whose pattern takes any path, as the one for static
    /// files does in development, would turn it into a 404 and name its methods as allowed.
    /// </summary>
    public static void MapResource(this IEndpointRouteBuilder routes, string pattern, params Operation[] operations)
    {
        foreach (var operation in operations)
        {
            var endpoint = routes.MapMethods(pattern, MethodsOf(operation), operation.Handler);
            if (operation.Scope is { } scope)
            {
                endpoint.WithMetadata(new RequiredScope(scope));
            }
            else
            {
                endpoint.WithMetadata(new OpenToAnyone()).OpenToBrowsers();
            }

            if (operation.IsSandboxOnly)
            {
                endpoint.WithMetadata(new SandboxOnly());
            }

            if (operation.HasNoVersion)
            {
                endpoint.WithMetadata(new WithoutVersion());
            }

            if (operation.TakesBody)
            {
                endpoint.WithMetadata(new TakesBody());
            }
        }

        var allow = string.Join(", ", operations.SelectMany(MethodsOf));
        var refusal = routes.Map(pattern, context => RefuseMethodAsync(context, allow)).WithMetadata(new MethodNotAllowed());
        if (Array.TrueForAll(operations, operation => operation.Scope is null))
        {
            refusal.WithMetadata(new OpenToAnyone()).OpenToBrowsers();
        }
    }

    // The same answer without its body, which the server leaves out (RFC 9110, 9.3.2).
    private static string[] MethodsOf(Operation operation) =>
        operation.Method == HttpMethods.Get ? [HttpMethods.Get, HttpMethods.Head] : [operation.Method];

    private static Task RefuseMethodAsync(HttpContext context, string allow)
    {
        context.Response.Headers.Allow = allow;
        return Problems.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, $"Allowed: {allow}.");
    }
}
