using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Presentation;

/// <summary>Creates requests from logged bodies or from the documentation's samples, for pages that run them.</summary>
public interface IReplayedBody
{
    /// <summary>Returns the tokenization in a logged body, with a test card in place of the card that was sent, or the rules that it breaks.</summary>
    /// <param name="body">The logged body.</param>
    /// <param name="card">The test card.</param>
    /// <param name="expiry">The month in which the test card expires.</param>
    Result<SetupIntentRequest> Compose(RequestLogBody body, TestCard card, DateTimeOffset expiry);

    /// <summary>Returns the tokenization in a body from the documentation, or the rules that it breaks.</summary>
    /// <param name="json">The body.</param>
    Result<SetupIntentRequest> Read(string json);
}
