using System.Diagnostics.CodeAnalysis;
using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>
/// Makes all checks that come before the body is read, in the order of DESIGN D2: key (401), resource and method (404, 405), headers (431),
/// version (400), scope and address of the key (403), rate (429), the faults that are set for a sandbox, and for operations that write without
/// a body, whether the write can be stored soon (503). For operations with a body, that check follows once the body has arrived. A caller without a
/// valid key gets 401, whatever else is wrong, except at the few operations that need no key.
/// </summary>
internal sealed class ApiGateMiddleware(RequestDelegate next, ApiKeyCheck keys, RateLimits rates, FaultInjection faults, WriteAdmission writes, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var metadata = context.GetEndpoint()?.Metadata;
        var isOpen = metadata?.GetMetadata<OpenToAnyone>() is not null;
        if (!isOpen && !await keys.TryAuthenticateAsync(context))
        {
            await RefuseKeyAsync(context);
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
        else if (!TryResolveVersion(context, metadata, out var version, out var error))
        {
            await Problems.WriteAsync(context, error);
        }
        else
        {
            if (version is not null)
            {
                context.Response.Headers[ApiVersion.Header] = version;
            }

            await (isOpen ? AdmitAnyoneAsync(context, metadata) : AdmitAsync(context, context.Features.Get<AuthenticatedKey>()!.Key, metadata));
        }
    }

    private static bool TryResolveVersion(HttpContext context, EndpointMetadataCollection metadata, out string? version, [NotNullWhen(false)] out FieldError? error)
    {
        (version, error) = (null, null);
        return metadata.GetMetadata<WithoutVersion>() is not null || ApiVersion.TryResolve(context.Request.Headers[ApiVersion.Header], out version, out error);
    }

    private static bool IsOfOtherEnvironment(HttpContext context, EndpointMetadataCollection metadata) =>
        metadata.GetMetadata<SandboxOnly>() is not null && context.Features.Get<AuthenticatedKey>()?.Key.Tenant.Environment != TenantEnvironment.Sandbox;

    private async Task RefuseKeyAsync(HttpContext context)
    {
        if (await keys.NoteUnknownAsync(context) is { } retryAfter)
        {
            context.Response.Headers.RetryAfter = Problems.WholeSeconds(retryAfter);
            await Problems.WriteAsync(
                context,
                StatusCodes.Status429TooManyRequests,
                "Too many different invalid API keys came from this address. Further invalid keys are refused for a while; valid keys keep working.");
        }
        else
        {
            await Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, "Send your secret key as it is: Authorization: Basic sk_sandbox_your_key");
        }
    }

    private Task AdmitAsync(HttpContext context, ApiKey key, EndpointMetadataCollection metadata)
    {
        // An operation without a scope is a mistake of ours and is not served.
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

        return rates.TryTake(key.Id, out var retryAfter) ? MeetFaultsAsync(context, key, metadata) : RefuseRateAsync(context, retryAfter);
    }

    // Operations that only sandboxes have are exempt, or nobody could end the faults.
    private Task MeetFaultsAsync(HttpContext context, ApiKey key, EndpointMetadataCollection metadata)
    {
        var caller = new WriteCaller(key.Id);
        return key.Tenant.Environment == TenantEnvironment.Sandbox && metadata.GetMetadata<SandboxOnly>() is null
            ? MeetAsync()
            : GoOnAsync(context, metadata, caller);

        async Task MeetAsync()
        {
            if (!await faults.MeetAsync(context, key.Tenant))
            {
                await GoOnAsync(context, metadata, caller);
            }
        }
    }

    private Task AdmitAnyoneAsync(HttpContext context, EndpointMetadataCollection metadata)
    {
        var network = AddressLimiter.NetworkOf(context.Connection.RemoteIpAddress);
        return rates.TryTake(network, out var retryAfter) ? GoOnAsync(context, metadata, new WriteCaller(default, network)) : RefuseRateAsync(context, retryAfter);
    }

    private Task GoOnAsync(HttpContext context, EndpointMetadataCollection metadata, WriteCaller caller) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || metadata.GetMetadata<ReadsOnly>() is not null ? next(context) : WriteAsync(context, metadata, caller);

    private async Task WriteAsync(HttpContext context, EndpointMetadataCollection metadata, WriteCaller caller)
    {
        var place = new WriteSlot(writes, caller, clock);
        context.Features.Set(place);
        if (metadata.GetMetadata<TakesBody>() is null && place.TryEnter() is { } refusal)
        {
            await place.RefuseAsync(context, refusal);
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            place.Leave();
        }
    }

    private static Task RefuseRateAsync(HttpContext context, TimeSpan retryAfter)
    {
        context.Response.Headers.RetryAfter = Problems.WholeSeconds(retryAfter);
        return Problems.WriteAsync(context, StatusCodes.Status429TooManyRequests, "Too many requests for the rate limit.");
    }
}
