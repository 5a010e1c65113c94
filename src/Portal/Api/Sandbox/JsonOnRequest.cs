using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Net.Http.Headers;

namespace Dojo.Pci.Portal.Api.Sandbox;

/// <summary>
/// Marks the endpoint that answers JSON at an address that also has a page. It is chosen only if the client names
/// <c>application/json</c> and prefers it at least as much as <c>text/html</c>. Browsers, and clients that accept anything, get the page.
/// </summary>
internal sealed class JsonOnRequest
{
    public static bool IsPreferredBy(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return false;
        }

        var json = QualityOf(accepted, "application/json", onlyByName: true);
        return json > 0 && json >= QualityOf(accepted, "text/html", onlyByName: false);
    }

    // RFC 9110 12.5.1: the most specific range that covers a type decides its quality.
    private static double QualityOf(IList<MediaTypeHeaderValue> accepted, string mediaType, bool onlyByName)
    {
        var wanted = new MediaTypeHeaderValue(mediaType);
        var best = accepted
            .Where(range => onlyByName ? range.MediaType.Equals(wanted.MediaType, StringComparison.OrdinalIgnoreCase) : Covers(range, wanted))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .FirstOrDefault();
        return best is null ? 0 : best.Quality ?? 1;
    }

    private static bool Covers(MediaTypeHeaderValue range, MediaTypeHeaderValue wanted) =>
        range.MatchesAllTypes
        || (range.Type.Equals(wanted.Type, StringComparison.OrdinalIgnoreCase)
            && (range.MatchesAllSubTypes || range.SubType.Equals(wanted.SubType, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>Chooses between a page and a <see cref="JsonOnRequest"/> endpoint at the same address by <c>Accept</c>, which routing alone cannot do.</summary>
internal sealed class JsonOnRequestPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    // Runs after the framework's own policies (method, host), so that only endpoints that could answer are left.
    public override int Order => 1000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(IsJson);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var json = JsonOnRequest.IsPreferredBy(httpContext.Request);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && IsJson(candidates[i].Endpoint) != json)
            {
                candidates.SetValidity(i, value: false);
            }
        }

        // Both answers depend on this choice, so caches are told here.
        httpContext.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        return Task.CompletedTask;
    }

    private static bool IsJson(Endpoint endpoint) => endpoint.Metadata.GetMetadata<JsonOnRequest>() is not null;
}
