using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>The scope that a key must have for an operation; metadata of its endpoint.</summary>
/// <param name="Scope">The scope.</param>
internal sealed record RequiredScope(ApiKeyScopes Scope);

/// <summary>Marks an operation that production does not have; metadata of its endpoint.</summary>
internal sealed record SandboxOnly;

/// <summary>Marks an operation that needs no key; metadata of its endpoint.</summary>
internal sealed record OpenToAnyone;

/// <summary>Marks the endpoint that answers 405 for the methods a resource does not have.</summary>
internal sealed record MethodNotAllowed;

/// <summary>Marks an operation that takes a body, and so its <see cref="WriteSlot"/> only once the body has arrived. Metadata of its endpoint.</summary>
internal sealed record TakesBody;

/// <summary>Marks an operation that only reads although its method may write; metadata of its endpoint. It takes no <see cref="WriteSlot"/>.</summary>
internal sealed record ReadsOnly;

/// <summary>Marks an operation that has no versions; metadata of its endpoint.</summary>
internal sealed record WithoutVersion;

/// <summary>One method of a resource.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Scope">The scope that a key must have; null for an operation that needs no key.</param>
/// <param name="Handler">Answers a request.</param>
/// <param name="TakesBody">Whether it takes a body, with <see cref="JsonRequest.TakeBodyAsync"/>.</param>
internal sealed record Operation(string Method, ApiKeyScopes? Scope, RequestDelegate Handler, bool TakesBody = false)
{
    /// <summary>Whether only sandboxes have the operation: production keys get 404.</summary>
    public bool IsSandboxOnly { get; init; }

    /// <summary>Whether the operation has no versions.</summary>
    public bool HasNoVersion { get; init; }
}

/// <summary>Maps resources of the API with all their methods at once, so that a 405 can name the allowed ones.</summary>
internal static class Resources
{
    /// <summary>
    /// Maps a resource. Routing's own 405 is not enough: another endpoint whose pattern matches any path, such as the one for static
    /// files in development, would turn it into a 404 and name its own methods as allowed.
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

    // HEAD has the answer of GET without its body, which the server leaves out (RFC 9110, 9.3.2).
    private static string[] MethodsOf(Operation operation) =>
        operation.Method == HttpMethods.Get ? [HttpMethods.Get, HttpMethods.Head] : [operation.Method];

    private static Task RefuseMethodAsync(HttpContext context, string allow)
    {
        context.Response.Headers.Allow = allow;
        return Problems.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, $"Allowed: {allow}.");
    }
}
