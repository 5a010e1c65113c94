using Dojo.Pci.Portal.Docs.Samples;
using static Dojo.Pci.Portal.Docs.Errors.Requests;

namespace Dojo.Pci.Portal.Docs.Errors;

/// <summary>The pages about errors that do not concern a single field.</summary>
internal static class StatusErrors
{
    private const string Create = "SetupIntents_Create";
    private const string Read = "SetupIntents_Get";

    public static IReadOnlyList<ErrorPage> All { get; } =
    [
        Page("bad-request", "The request breaks a rule", 400,
            "`errors` names each field and each rule that it breaks; follow the link of the field. If there are no `errors`, `detail` says what is wrong. Correct the request: repeating it unchanged gives the same answer."),
        Page(ErrorCodes.WrongState, "The status does not allow it", 400,
            "What you named exists, but its status does not allow this: an authorized token is not cancelled by accident, and a `Completed` one is not charged again. `detail` names the status. Read it, then decide.",
            new(Operation("SetupIntents_Delete"), request => request, AddQuery("includeAuthorized=true"))),
        Page("unauthorized", "No valid key", 401,
            "The header is `Authorization: Basic ` and the secret key **as it is**: not base64, no user name, no colon. A key that was deleted, has expired or was retired is refused too. Without a valid key nothing else is checked.",
            new(Operation(Create), request => request with { Key = new SampleKey("c2tfc2FuZGJveF95b3VyX2tleTo=") })),
        Page("forbidden", "The key may not do this", 403,
            "The key lacks the scope that the operation needs, which `detail` names, or it is used from a network that it does not allow. Change the key in the portal, or use another."),
        Page("not-found", "There is no such thing", 404,
            "Nothing has this id, or there is no such address. Ids of another location, or of the other environment, are not found either: a sandbox key sees nothing of production.",
            new(Operation(Read), Elsewhere("/setup-intents/si_sandbox_AAAAAAAAAAAAAAAAAAAAAA"))),
        Page("method-not-allowed", "No such method", 405,
            "The address exists, but does not have this method. `Allow` lists the methods that it has.",
            new(Operation(Create), request => request with { Method = "PUT" })),
        Page(ErrorCodes.NotChangeable, "The amount cannot be changed", 405,
            "You can change the amounts of a payment intent only while it is `Created`, and only if it was created with `config.payment.customAmountAllowed` or `config.payment.tipsAllowed`. `detail` says which of these is missing. Dojo answers 405 here, and so does this service."),
        Page("not-acceptable", "The format is not available", 406, "Answers are JSON in UTF-8. Send `Accept: application/json`, or no `Accept` at all."),
        Page("request-timeout", "The request was too slow", 408, "Its headers or body did not arrive in time. Repeat it; with an idempotency key it is done only once."),
        Page("conflict", "It collides with what is stored or running", 409,
            "The idempotency key was used for another request, or the first is still running; the reference is taken, and the location accepts each only once; what you named is being charged, or has already been captured; another subscription has the URL. `detail` says which. Read what is stored, then decide. After “still running”, repeat the request to get its answer."),
        Page("payload-too-large", "The body is too long", 413,
            "A body can have at most 64 KiB.",
            new(Operation(Create), request => WithProperty("description", new string('x', 66_000))(request))),
        Page("uri-too-long", "The address is too long", 414, "Shorten the address: use fewer or shorter filters."),
        Page("unsupported-media-type", "Not JSON", 415,
            "The body is JSON in UTF-8, not compressed, and `content-type` says `application/json`.",
            new(Operation(Create), request => WithHeader("content-type", "text/plain")(request))),
        Page("too-many-requests", "Too many requests", 429,
            "The key, or without a key the address, has made too many requests. Or many declines in a row look like card testing, or too many different invalid keys were sent. Wait as many seconds as `Retry-After` says, then repeat the request. Nothing was stored."),
        Page("request-header-fields-too-large", "Too many headers", 431,
            "A request can have at most 64 headers, of at most 32 KiB in all.",
            new(Operation(Create), request => request with { Headers = [.. request.Headers, .. Enumerable.Range(1, 64).Select(number => ($"x-header-{number}", "1"))] })),
        Page("internal-server-error", "A fault of ours", 500, "The service's log has the details under the `traceId`. Repeat the request with the same idempotency key; if it keeps happening, tell the operator the `traceId`."),
        Page("bad-gateway", "A proxy got no answer from the service", 502, "A proxy in front of the service could not reach it. Repeat the request with the same idempotency key."),
        Page("service-unavailable", "Not now", 503,
            "The store cannot take the request now, or the acquirer could not be asked. Nothing was stored, except perhaps the beginning of a charge. Wait as many seconds as `Retry-After` says, then repeat the request with the same idempotency key: it is done once, or not at all."),
        Page("gateway-timeout", "The outcome is not known yet", 504,
            "The acquirer was asked, but has not answered. The service will ask it for the outcome. Repeat the call to ask now. Nothing is charged or moved twice."),
        Page("http-version-not-supported", "No such version of HTTP", 505, "The service speaks HTTP/1.1 and HTTP/2."),
    ];

    private static ErrorPage Page(string code, string title, int status, string rule, ErrorExample? example = null) => new(code, title, status, null, rule, example);

    private static Func<SampleRequest, SampleRequest> AddQuery(string query) => request => request with { Address = new UriBuilder(request.Address) { Query = query }.Uri };

    private static Func<SampleRequest, SampleRequest> Elsewhere(string path) => request => request with { Address = new Uri(request.Address, path) };
}
