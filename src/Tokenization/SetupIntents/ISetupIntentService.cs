using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>What can be done with setup intents. The API and the pages call the same methods.</summary>
public interface ISetupIntentService
{
    /// <summary>
    /// Tokenizes a card (DESIGN D3): authorizes it within the call, seals it, and stores all of it or nothing. When this
    /// answers, it is on disk.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="request">A judged request; the caller disposes it.</param>
    /// <param name="idempotencyKey">Makes repeating safe: the same key with the same request gives the first answer again.</param>
    /// <returns>
    /// The setup intent as it was created, or <see cref="Refusal.Conflict"/>: the reference is taken where the location
    /// wants them unique, or the idempotency key came with another request or is still being worked on.
    /// </returns>
    /// <exception cref="UnavailableException">Nothing was stored; try again.</exception>
    Task<Result<SetupIntent>> CreateAsync(Caller caller, SetupIntentRequest request, IdempotencyKey? idempotencyKey);
}
