using System.Net;
using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Startup;
using Microsoft.AspNetCore.Http.Features;

namespace Dojo.Pci.Portal.Security;

/// <summary>
/// Refuses requests without TLS (403, outside of development; PCI DSS 4.2.1) and requests for a host that is not ours (400): otherwise a
/// foreign page whose name resolves to this machine would be same-origin with the service (DNS rebinding). A refused request is neither read
/// nor recorded. Health checks are answered over any scheme and host, because neither the request nor the answer holds a secret.
/// </summary>
internal sealed partial class EntranceMiddleware(
    RequestDelegate next, PublicAddress address, IConfiguration configuration, IHostEnvironment environment, TimeProvider clock, ILogger<EntranceMiddleware> logger)
{
    private static readonly long s_betweenWarnings = TimeSpan.FromMinutes(1).Ticks;

    private readonly bool _mayBeClear = environment.IsDevelopment();

    // The host names among the addresses at which the service listens; used in development, if no public address is set.
    private readonly HashSet<string> _listening = [.. ListeningAddresses.In(configuration).Select(ListeningAddresses.HostOf).OfType<string>()];
    private long _warnedAt;

    public Task InvokeAsync(HttpContext context)
    {
        if (IsHealth(context.Request))
        {
            return next(context);
        }

        if (!_mayBeClear && !context.Request.IsHttps)
        {
            Warn(context);
            return RefuseAsync(
                context,
                StatusCodes.Status403Forbidden,
                "HTTPS only",
                $"This service is available over HTTPS only: {address.Origin}. Anything sent without encryption may have been read on the way; treat a key or card in it as compromised.");
        }

        if (!IsOurs(context))
        {
            // Nothing in the answer may link to the host that the request names.
            context.Request.Host = default;
            return RefuseAsync(
                context,
                StatusCodes.Status400BadRequest,
                "Another address",
                address.Origin is { } known
                    ? $"This service answers only at {known}, but the request names another host. A proxy must pass on the Host header that it received."
                    : "This service answers at localhost and at the addresses that it listens on. To use another name, set Portal:PublicAddress.");
        }

        return next(context);
    }

    private static bool IsHealth(HttpRequest request) =>
        request.Path.StartsWithSegments("/health", StringComparison.Ordinal) && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));

    private bool IsOurs(HttpContext context)
    {
        var request = context.Request;
        if (address.Origin is null)
        {
            return request.Host.HasValue && (LocalHosts.Includes(request.Host) || IsListenedAt(context));
        }

        if (!address.IsAt(request.Host))
        {
            return false;
        }

        // Later code that builds addresses, or compares them with the request's, sees the canonical spelling.
        if (request.Host.Value != address.Host.Value)
        {
            request.Host = address.Host;
        }

        return true;
    }

    // Compares addresses: a name that resolves to an address does not count as that address.
    private bool IsListenedAt(HttpContext context)
    {
        var name = PublicAddress.NameOf(context.Request.Host.Host);
        return _listening.Contains(name)
            || (LocalHosts.TryReadAddress(name, out var literal) && context.Connection.LocalIpAddress is { } local && Same(literal, local));
    }

    private static bool Same(IPAddress one, IPAddress other) => one.MapToIPv6().Equals(other.MapToIPv6());

    private static Task RefuseAsync(HttpContext context, int status, string title, string text)
    {
        // The server would read the body to its end to reuse the connection. Closing it makes that unnecessary.
        context.Response.Headers.Connection = "close";
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            body.MaxRequestBodySize = 0;
        }

        return Audience.IsPerson(context) ? PlainPage.WriteAsync(context, status, title, text) : Problems.WriteAsync(context, status, text);
    }

    // Once a minute at most: a client without TLS may send a thousand requests per second.
    private void Warn(HttpContext context)
    {
        var (now, before) = (clock.GetUtcNow().UtcTicks, Volatile.Read(ref _warnedAt));
        if (now - before >= s_betweenWarnings && Interlocked.CompareExchange(ref _warnedAt, now, before) == before)
        {
            Log.Clear(logger, ClientAddress.Of(context));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4101, LogLevel.Warning, "A request over plain HTTP from {Address} was refused. Anything it carried may have been read on the way.")]
        public static partial void Clear(ILogger logger, IPAddress? address);
    }
}
