using System.Globalization;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Portal.Api;

/// <summary>
/// Everything that is checked before a body is looked at, in the order of DESIGN D2: key (401), resource and method
/// (404, 405), headers (431), version (400), scope and address of the key (403), rate (429), and whether what writes can be
/// stored soon (503). Whoever has no valid key sees 401 whatever else is wrong, but for the few operations that need none.
/// </summary>
internal sealed class ApiGateMiddleware(RequestDelegate next, ApiKeyCheck keys, RateLimits rates, WriteAdmission writes, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var metadata = context.GetEndpoint()?.Metadata;
        var isOpen = metadata?.GetMetadata<OpenToAnyone>() is not null;
        if (!isOpen && !await keys.TryAuthenticateAsync(context))
        {
            await Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, "Send your secret key as it is: Authorization: Basic sk_sandbox_your_key");
        }
        else if (metadata is null || IsOfOtherEnvironment(context, metadata))
        {
            await Problems.WriteAsync(context, StatusCodes.Status404NotFound);
        }
        else if (metadata.GetMetadata<MethodNotAllowed>() is not null)
        {
            await next(context);
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
            await (isOpen ? AdmitAnyoneAsync(context) : AdmitAsync(context, context.Features.Get<AuthenticatedKey>()!.Key, metadata));
        }
    }

    private static bool IsOfOtherEnvironment(HttpContext context, EndpointMetadataCollection metadata) =>
        metadata.GetMetadata<SandboxOnly>() is not null && context.Features.Get<AuthenticatedKey>()?.Key.Tenant.Environment != TenantEnvironment.Sandbox;

    private Task AdmitAsync(HttpContext context, ApiKey key, EndpointMetadataCollection metadata)
    {
        // An operation that nobody gave a scope is a mistake of ours: it is not served.
        var required = metadata.GetMetadata<RequiredScope>() ?? throw new InvalidOperationException("An operation of the API has no required scope.");
        if (!key.Scopes.HasFlag(required.Scope))
        {
            var name = string.Join(", ", ApiKeyScopeNames.NamesOf(required.Scope));
            return Problems.WriteAsync(context, StatusCodes.Status403Forbidden, $"The API key lacks the scope '{name}'.");
        }

        if (!key.AllowsAddress(context.Connection.RemoteIpAddress))
        {
            return Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "The API key may not be used from this address.");
        }

        return rates.TryTake(key.Id, out var retryAfter) ? GoOnAsync(context) : RefuseRateAsync(context, retryAfter);
    }

    private Task AdmitAnyoneAsync(HttpContext context) =>
        rates.TryTake(context.Connection.RemoteIpAddress, out var retryAfter) ? GoOnAsync(context) : RefuseRateAsync(context, retryAfter);

    private Task GoOnAsync(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? next(context) : WriteAsync(context);

    private async Task WriteAsync(HttpContext context)
    {
        if (writes.TryEnter() is { } refusal)
        {
            // Counted, not logged: whoever is refused comes back many times a second, and each entry would be one more write.
            RequestLogNote.Of(context).Omit();
            await Task.Delay(writes.TakePause(), clock, context.RequestAborted);
            await Problems.WriteAsync(context, refusal);
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            writes.Leave();
        }
    }

    private static Task RefuseRateAsync(HttpContext context, TimeSpan retryAfter)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Problems.WriteAsync(context, StatusCodes.Status429TooManyRequests, "More requests are made than may be.");
    }
}
