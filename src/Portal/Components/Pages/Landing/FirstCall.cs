using Dojo.Pci.Portal.Components.Controls;
using Dojo.Pci.Portal.Presentation;

namespace Dojo.Pci.Portal.Components.Pages.Landing;

/// <summary>
/// The first call to make, in the languages that integrations are written in. The key is a placeholder and stays one: this
/// page is public. The card is a published test card.
/// </summary>
internal static class FirstCall
{
    internal const string PlaceholderKey = "sk_sandbox_your_key";

    public static IReadOnlyList<Snippet> Against(string baseAddress)
    {
        var url = $"{baseAddress}{PortalUrls.SetupIntents}";
        return [new("curl", Curl(url)), new("C#", CSharp(url)), new("Python", Python(url)), new("Node", Node(url))];
    }

    private static string Curl(string url) => $$"""
        curl {{url}} \
          -H 'Authorization: Basic {{PlaceholderKey}}' \
          -H 'version: {{PublishedVersion.Newest}}' \
          -H 'content-type: application/json' \
          -d '{
            "cardNumber": "5200000000001005",
            "expiryDate": "12/29",
            "reference": "Booking 4711"
          }'
        """;

    private static string CSharp(string url) => $$"""
        using System.Net.Http.Json;

        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Basic", "{{PlaceholderKey}}");
        client.DefaultRequestHeaders.Add("version", "{{PublishedVersion.Newest}}");

        var response = await client.PostAsJsonAsync("{{url}}", new
        {
            cardNumber = "5200000000001005",
            expiryDate = "12/29",
            reference = "Booking 4711",
        });
        Console.WriteLine(await response.Content.ReadAsStringAsync());
        """;

    private static string Python(string url) => $$"""
        import requests

        response = requests.post(
            "{{url}}",
            headers={
                "Authorization": "Basic {{PlaceholderKey}}",
                "version": "{{PublishedVersion.Newest}}",
            },
            json={
                "cardNumber": "5200000000001005",
                "expiryDate": "12/29",
                "reference": "Booking 4711",
            },
        )
        print(response.json())
        """;

    private static string Node(string url) => $$"""
        const response = await fetch("{{url}}", {
          method: "POST",
          headers: {
            "Authorization": "Basic {{PlaceholderKey}}",
            "version": "{{PublishedVersion.Newest}}",
            "content-type": "application/json",
          },
          body: JSON.stringify({
            cardNumber: "5200000000001005",
            expiryDate: "12/29",
            reference: "Booking 4711",
          }),
        });
        console.log(await response.json());
        """;
}
