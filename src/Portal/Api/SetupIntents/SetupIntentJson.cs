using System.Text.Encodings.Web;
using System.Text.Json;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Portal.Api.SetupIntents;

internal sealed class SetupIntentJson : ISetupIntentJson
{
    // Letters of any language, quotes and brackets are not escaped: the page that shows the text encodes it for HTML.
    private static readonly ApiJson s_indented =
        new(new JsonSerializerOptions(ApiJson.Default.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public string Write(SetupIntent intent) =>
        JsonSerializer.Serialize(SetupIntentFullResponse.Of(intent, PublishedVersion.Newest), s_indented.SetupIntentFullResponse);
}
