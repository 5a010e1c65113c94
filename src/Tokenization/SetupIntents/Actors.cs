namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>Who does things to setup intents besides the caller.</summary>
internal static class Actors
{
    /// <summary>The issuer's side.</summary>
    public const string Issuer = "issuer";

    /// <summary>This service, by a rule.</summary>
    public const string Vault = "vault";
}
