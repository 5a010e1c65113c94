using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Portal.Api.Webhooks;

/// <summary>The body of a request that makes or changes a webhook subscription, each property put before the <see cref="WebhookValidator"/>.</summary>
internal static class WebhookBody
{
    private static readonly BodyProperty<WebhookValidator>[] s_members =
    [
        new("events", (ref reader, validator) => validator.Events(ref reader)),
        BodyProperties.Text<WebhookValidator>("url", (validator, text) => validator.Url(text)),
        BodyProperties.Text<WebhookValidator>("description", (validator, text) => validator.Description(text)),
    ];

    /// <summary>The request in the body, or every rule that it breaks.</summary>
    /// <param name="json">The body.</param>
    /// <param name="isChange">Whether it changes a subscription that there is, so that properties may be left out.</param>
    public static Result<WebhookRequest> Validate(ReadOnlySpan<byte> json, bool isChange)
    {
        var validator = new WebhookValidator(WebhookEvents.Names, isChange);
        return StrictJson.TryRead(json, s_members, validator, out var refusal) ? validator.Validate() : refusal!;
    }
}
