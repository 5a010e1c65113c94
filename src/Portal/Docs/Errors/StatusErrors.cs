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
            "`errors` names each field and each rule that it breaks; follow the link of the field. Where there are no `errors`, `detail` says what is wrong. Correct the request: repeating it as it is changes nothing."),
        Page(ErrorCodes.WrongState, "The status does not allow it", 400,
            "What you named exists, and its status does not allow this: a token that is authorized is not cancelled by accident, one that is `Completed` is not charged again. `detail` names the status. Read it, and decide.",
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
            "The address exists, and has no such method. `Allow` lists those that it has.",
            new(Operation(Create), request => request with { Method = "PUT" })),
        Page(ErrorCodes.NotChangeable, "The amount cannot be changed", 405,
            "The amounts of a payment intent are changed while it is `Created`, and where it was created with `config.payment.customAmountAllowed` or `config.payment.tipsAllowed`. `detail` says which of them is missing. Dojo answers 405 here, and so does this service."),
        Page("not-acceptable", "No such form of the answer", 406, "Answers are JSON in UTF-8. Send `Accept: application/json`, or no `Accept` at all."),
        Page("request-timeout", "The request was too slow", 408, "Its head or body did not arrive in time. Repeat it; with an idempotency key it is done once."),
        Page("conflict", "It collides with what is stored or running", 409,
            "The idempotency key was used for another request, or the first is still running; the reference is taken, where the location takes each once; what you named is being charged, or has been captured already; a subscription has the URL. `detail` says which. Read what is stored, then decide. After “still running”, repeat the request to get its answer."),
        Page("payload-too-large", "The body is too long", 413,
            "A body has at most 64 KiB.",
            new(Operation(Create), request => WithProperty("description", new string('x', 66_000))(request))),
        Page("uri-too-long", "The address is too long", 414, "Shorten the address: a filter belongs into few words."),
        Page("unsupported-media-type", "Not JSON", 415,
            "The body is JSON in UTF-8, not compressed, and `content-type` says `application/json`.",
            new(Operation(Create), request => WithHeader("content-type", "text/plain")(request))),
        Page("too-many-requests", "Too many requests", 429,
            "The key, or without one the address, makes more requests than it may. Or many declines in a row look like card testing, or many different keys were not good. Wait as many seconds as `Retry-After` says, and repeat. Nothing was stored."),
        Page("request-header-fields-too-large", "Too many headers", 431,
            "A request has at most 64 headers, and at most 32 KiB of them.",
            new(Operation(Create), request => request with { Headers = [.. request.Headers, .. Enumerable.Range(1, 64).Select(number => ($"x-header-{number}", "1"))] })),
        Page("internal-server-error", "A fault of ours", 500, "The log of the service has it under the `traceId`. Repeat the request with the same idempotency key; if it stays, tell the operator the `traceId`."),
        Page("bad-gateway", "What stands before the service got no answer", 502, "A proxy before the service could not reach it. Repeat the request with the same idempotency key."),
        Page("service-unavailable", "Not now", 503,
            "The store cannot take the request now, or the acquirer could not be asked. Nothing was stored but perhaps the beginning of a charge. Wait as many seconds as `Retry-After` says, and repeat with the same idempotency key: what was asked for is done once, or not at all."),
        Page("gateway-timeout", "The outcome is not known yet", 504,
            "The acquirer was asked, and its answer is missing. It will be asked what became of it. Repeat the call: that asks now. Nothing is charged or moved twice."),
        Page("http-version-not-supported", "No such version of HTTP", 505, "The service speaks HTTP/1.1 and HTTP/2."),
    ];

    private static ErrorPage Page(string code, string title, int status, string rule, ErrorExample? example = null) => new(code, title, status, null, rule, example);

    private static Func<SampleRequest, SampleRequest> AddQuery(string query) => request => request with { Address = new UriBuilder(request.Address) { Query = query }.Uri };

    private static Func<SampleRequest, SampleRequest> Elsewhere(string path) => request => request with { Address = new Uri(request.Address, path) };
}
