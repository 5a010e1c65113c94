using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Portal.Presentation;

/// <summary>Writes what the API answers, for pages that show it to people.</summary>
public interface ISetupIntentJson
{
    /// <summary>The answer to a <c>GET</c> of a setup intent in the newest version, indented.</summary>
    string Write(SetupIntent intent);
}
