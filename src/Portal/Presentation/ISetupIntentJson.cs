using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Portal.Presentation;

/// <summary>Writes the API's answers, for pages that show them.</summary>
public interface ISetupIntentJson
{
    /// <summary>Returns the answer to a <c>GET</c> of a setup intent in the newest version, indented.</summary>
    string Write(SetupIntent intent);
}
