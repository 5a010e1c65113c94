namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>The actors in the history of setup intents and payment intents, apart from callers.</summary>
internal static class Actors
{
    /// <summary>The issuer's side.</summary>
    public const string Issuer = "issuer";

    /// <summary>This service, following a rule.</summary>
    public const string Vault = "vault";
}
