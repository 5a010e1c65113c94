using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Portal.Api.Webhooks;

/// <summary>Reads the body that creates or changes a webhook subscription and passes each property to the <see cref="WebhookValidator"/>.</summary>
internal static class WebhookBody
{
    private static readonly BodyProperty<WebhookValidator>[] s_members =
    [
        new("events", (ref reader, validator) => validator.Events(ref reader)),
        BodyProperties.Text<WebhookValidator>("url", (validator, text) => validator.Url(text)),
        BodyProperties.Text<WebhookValidator>("description", (validator, text) => validator.Description(text)),
    ];

    /// <summary>Returns the request in the body, or every rule that the body breaks.</summary>
    /// <param name="json">The body.</param>
    /// <param name="isChange">Whether it changes an existing subscription, so that properties may be left out.</param>
    public static Result<WebhookRequest> Validate(ReadOnlySpan<byte> json, bool isChange)
    {
        var validator = new WebhookValidator(WebhookEvents.Names, isChange);
        return StrictJson.TryRead(json, s_members, validator, out var refusal) ? validator.Validate() : refusal!;
    }
}
