using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api.SetupIntents;

/// <summary>Validates a replayed body in the same way as the API validates a sent one.</summary>
internal sealed class ReplayedBody : IReplayedBody
{
    public Result<SetupIntentRequest> Compose(RequestLogBody body, TestCard card, DateTimeOffset expiry)
    {
        var json = JsonNode.Parse(body.Json)!.AsObject();
        if (json.ContainsKey("cardNumber"))
        {
            json["cardNumber"] = card.Number;
            json["expiryDate"] = expiry.ToString("MM'/'yy", CultureInfo.InvariantCulture);
        }

        return Read(json.ToJsonString());
    }

    public Result<SetupIntentRequest> Read(string json) => SetupIntentBody.Validate(Encoding.UTF8.GetBytes(json), TestCardRule.Required);
}
