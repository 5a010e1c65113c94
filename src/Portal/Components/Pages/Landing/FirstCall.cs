using System.Text.Json.Nodes;
using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Portal.Docs;
using Dojo.Pci.Portal.Docs.Samples;
using Dojo.Pci.Portal.Presentation;

namespace Dojo.Pci.Portal.Components.Pages.Landing;

/// <summary>
/// The first call to make, in the languages that most integrations are written in. The key is a placeholder and stays one: this
/// page is public. The card is a published test card.
/// </summary>
internal static class FirstCall
{
    internal const string PlaceholderKey = SampleKey.Placeholder;

    private static readonly string[] s_languages = ["curl", "csharp", "python", "node"];

    public static IReadOnlyList<Snippet> Against(string baseAddress)
    {
        var request = SampleRequest.Of(
            ApiDescription.Operation("SetupIntents_Create"), baseAddress, PublishedVersion.Newest, new SampleKey(PlaceholderKey),
            body: new JsonObject { ["cardNumber"] = "5200000000001005", ["expiryDate"] = "12/29", ["reference"] = "Booking 4711" });
        return [.. s_languages.Select(slug => SampleLanguage.Find(slug)!).Select(language => new Snippet(language.Name.Split(' ')[0], language.Write(request)))];
    }
}
