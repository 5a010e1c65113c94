using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>
/// Decides whether an error is explained to a person, with a page, or to a program, with a problem body. The path decides first: only programs
/// call the API. Then headers that only programs or only browsers send decide, and last what the request accepts (RFC 9110, 12.5.1).
/// </summary>
internal static class Audience
{
    // java.net.HttpURLConnection sends a list that begins like this, whatever the program wants.
    private const string SentByJava = "text/html, image/gif, image/jpeg";

    private static readonly string[] s_problems = ["application/problem+json", "application/json"];

    public static bool IsPerson(HttpContext context)
    {
        var request = context.Request;
        if (ApiPaths.IsApi(context) || request.Headers.Authorization.Count > 0 || request.Headers[ApiVersion.Header].Count > 0)
        {
            return false;
        }

        // Browsers say what they request: a document, or something that a script or an element of a page needs.
        return request.Headers["Sec-Fetch-Dest"] is [{ Length: > 0 } destination]
            ? destination is "document" or "iframe" or "frame"
            : PrefersPage(request.Headers.Accept);
    }

    private static bool PrefersPage(StringValues accept)
    {
        if (accept is [{ } only] && only.StartsWith(SentByJava, StringComparison.Ordinal))
        {
            return false;
        }

        if (!MediaTypeHeaderValue.TryParseList(accept, out var accepted))
        {
            return false;
        }

        var page = Rate(accepted, "text/html");
        var problem = s_problems.Select(type => Rate(accepted, type)).MaxBy(rated => rated.Quality);
        return page is { IsNamed: true, Quality: > 0 } && (page.Quality > problem.Quality || (page.Quality == problem.Quality && !problem.IsNamed));
    }

    // The most specific range that covers a type gives its quality: the type itself, then type/*, then */*.
    private static (double Quality, bool IsNamed) Rate(IList<MediaTypeHeaderValue> accepted, string type)
    {
        var wanted = new MediaTypeHeaderValue(type);
        var best = accepted.Where(wanted.IsSubsetOf).MinBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0);
        return best is null ? (0, false) : (best.Quality ?? 1, !best.MatchesAllTypes);
    }
}
