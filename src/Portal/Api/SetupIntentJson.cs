using System.Text.Json;
using Dojo.Pci.Portal.Docs;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Portal.Api;

internal sealed class SetupIntentJson : ISetupIntentJson
{
    private static readonly ApiJson s_indented = new(new JsonSerializerOptions(ApiJson.Default.Options) { WriteIndented = true });

    public string Write(SetupIntent intent) =>
        JsonSerializer.Serialize(SetupIntentFullResponse.Of(intent, ApiVersion.Newest), s_indented.SetupIntentFullResponse);
}
