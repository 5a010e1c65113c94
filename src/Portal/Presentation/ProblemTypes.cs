namespace Dojo.Pci.Portal.Presentation;

/// <summary>The type and title of a status in an error body.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The address of its definition in the RFC 7231 family, which the seed's example uses.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Code">Its name in addresses of the documentation.</param>
internal sealed record ProblemType(int Status, string Type, string Title, string Code);

/// <summary>All statuses with which requests are refused, in one table.</summary>
internal static class ProblemTypes
{
    private const string Rfc7231 = "https://tools.ietf.org/html/rfc7231#section-";
    private const string Rfc6585 = "https://tools.ietf.org/html/rfc6585#section-";

    private static readonly ProblemType s_otherOfCaller = new(400, $"{Rfc7231}6.5", "Client Error", "bad-request");

    /// <summary>The table.</summary>
    public static IReadOnlyList<ProblemType> All { get; } =
    [
        new(400, $"{Rfc7231}6.5.1", "Bad Request", "bad-request"),
        new(401, "https://tools.ietf.org/html/rfc7235#section-3.1", "Unauthorized", "unauthorized"),
        new(403, $"{Rfc7231}6.5.3", "Forbidden", "forbidden"),
        new(404, $"{Rfc7231}6.5.4", "Not Found", "not-found"),
        new(405, $"{Rfc7231}6.5.5", "Method Not Allowed", "method-not-allowed"),
        new(406, $"{Rfc7231}6.5.6", "Not Acceptable", "not-acceptable"),
        new(408, $"{Rfc7231}6.5.7", "Request Timeout", "request-timeout"),
        new(409, $"{Rfc7231}6.5.8", "Conflict", "conflict"),
        new(413, $"{Rfc7231}6.5.11", "Payload Too Large", "payload-too-large"),
        new(414, $"{Rfc7231}6.5.12", "URI Too Long", "uri-too-long"),
        new(415, $"{Rfc7231}6.5.13", "Unsupported Media Type", "unsupported-media-type"),
        new(429, $"{Rfc6585}4", "Too Many Requests", "too-many-requests"),
        new(431, $"{Rfc6585}5", "Request Header Fields Too Large", "request-header-fields-too-large"),
        new(500, $"{Rfc7231}6.6.1", "An error occurred while processing your request.", "internal-server-error"),
        new(502, $"{Rfc7231}6.6.3", "Bad Gateway", "bad-gateway"),
        new(503, $"{Rfc7231}6.6.4", "Service Unavailable", "service-unavailable"),
        new(504, $"{Rfc7231}6.6.5", "Gateway Timeout", "gateway-timeout"),
        new(505, $"{Rfc7231}6.6.6", "HTTP Version Not Supported", "http-version-not-supported"),
    ];

    /// <summary>Returns the type of a status; a status that is not in the table gets the type of its class.</summary>
    public static ProblemType Of(int status) =>
        All.FirstOrDefault(type => type.Status == status) ?? (status >= 500 ? All.First(type => type.Status == 500) with { Status = status } : s_otherOfCaller with { Status = status });
}
