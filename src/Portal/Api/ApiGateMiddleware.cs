using System.Globalization;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Authentication;

namespace Dojo.Pci.Portal.Api;

/// <summary>
/// Everything that is checked before a body is looked at, in the order of DESIGN D2: key (401), resource and method
/// (404, 405), headers (431), version (400), scope and address of the key (403), rate (429). Whoever has no valid key sees
/// 401 whatever else is wrong.
/// </summary>
internal sealed class ApiGateMiddleware(RequestDelegate next, KeyRateLimiter rates)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var authentication = await context.AuthenticateAsync(ApiKeyHandler.SchemeName);
        if (!authentication.Succeeded || context.Features.Get<AuthenticatedKey>() is not { Key: var key })
        {
            await context.ChallengeAsync(ApiKeyHandler.SchemeName);
            await Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, "Send your secret key as it is: Authorization: Basic sk_sandbox_your_key");
            return;
        }

        context.User = authentication.Principal;
        var required = context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>();
        if (required is null)
        {
            await RefuseRouteAsync(context);
        }
        else if (context.Request.Headers.Count > Limits.HeaderCount)
        {
            await Problems.WriteAsync(context, StatusCodes.Status431RequestHeaderFieldsTooLarge, $"Send at most {Limits.HeaderCount} headers.");
        }
        else if (!ApiVersion.TryResolve(context.Request.Headers[ApiVersion.Header], out var version, out var error))
        {
            await Problems.WriteAsync(context, error);
        }
        else
        {
            context.Response.Headers[ApiVersion.Header] = version;
            await AdmitAsync(context, key, required.Scope);
        }
    }

    private async Task AdmitAsync(HttpContext context, ApiKey key, ApiKeyScopes required)
    {
        if (!key.Scopes.HasFlag(required))
        {
            await Problems.WriteAsync(context, StatusCodes.Status403Forbidden, $"The API key lacks the scope '{required}'.");
        }
        else if (!key.AllowsAddress(context.Connection.RemoteIpAddress))
        {
            await Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "The API key may not be used from this address.");
        }
        else if (!rates.TryTake(key.Id, out var retryAfter))
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Problems.WriteAsync(context, StatusCodes.Status429TooManyRequests, "This API key makes more requests than it may.");
        }
        else
        {
            await next(context);
        }
    }

    // Whatever else matched is none of ours, as the endpoint that serves any file in development; and an operation that
    // nobody gave a scope is a mistake of ours. Neither is served.
    private Task RefuseRouteAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<MethodNotAllowed>() is null
            ? Problems.WriteAsync(context, StatusCodes.Status404NotFound)
            : next(context);
}
