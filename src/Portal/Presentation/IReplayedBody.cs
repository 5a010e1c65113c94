using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Presentation;

/// <summary>Makes a request of what the log or the documentation has of one, for pages that make it.</summary>
public interface IReplayedBody
{
    /// <summary>The tokenization in a logged body, with a test card in the place of the card that was sent, or the rules that it breaks.</summary>
    /// <param name="body">What the log has.</param>
    /// <param name="card">The test card.</param>
    /// <param name="expiry">In which month it expires.</param>
    Result<SetupIntentRequest> Compose(RequestLogBody body, TestCard card, DateTimeOffset expiry);

    /// <summary>The tokenization in a body that the documentation shows, or the rules that it breaks.</summary>
    /// <param name="json">The body.</param>
    Result<SetupIntentRequest> Read(string json);
}
