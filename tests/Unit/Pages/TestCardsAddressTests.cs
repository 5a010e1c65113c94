using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Sandbox;
using Dojo.Pci.Portal.Components;
using Dojo.Pci.Tokenization.Cards;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>One address serves a page to people and JSON to programs.</summary>
public sealed class TestCardsAddressTests : IAsyncLifetime
{
    private WebApplication _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddHealthChecks();
        builder.Services.AddPages();
        builder.Services.AddTestCards();
        builder.Services.AddBrowserAccess();
        _app = builder.Build();
        _app.UseBrowserAccess();
        _app.UseAntiforgery();
        _app.MapPages();
        _app.MapTestCards();
        await _app.StartAsync(Ct);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json, text/plain, */*")]
    [InlineData("text/html;q=0.5, application/json;q=0.5")]
    [InlineData("text/html;q=0.4, application/json;q=0.5")]
    public async Task A_client_that_names_JSON_and_likes_it_as_much_gets_JSON(string accept) =>
        (await MediaTypeForAsync(accept)).ShouldBe("application/json");

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("application/*")]
    [InlineData("text/html")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")]
    [InlineData("text/html, application/json;q=0.9")]
    [InlineData("text/*, application/json;q=0.9")]
    [InlineData("application/json;q=0")]
    [InlineData("not an accept header")]
    public async Task Everyone_else_gets_the_page(string? accept) =>
        (await MediaTypeForAsync(accept)).ShouldBe("text/html");

    [Fact]
    public async Task The_JSON_lists_every_test_card_in_Dojos_spelling()
    {
        using var answer = await AskAsync("application/json");
        var cards = (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("data").EnumerateArray().ToList();

        cards.Select(card => card.GetProperty("cardNumber").GetString()).ShouldBe(TestCards.All.Select(card => card.Number));
        cards.Select(card => card.GetProperty("scheme").GetString()!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ShouldBe(["AMEX", "DCI", "DISCOVER", "JCB", "MAESTRO", "MASTERCARD", "UNIONPAY", "VISA"]);
        var declined = cards.Single(card => card.GetProperty("outcome").GetString() == "Declined");
        declined.GetProperty("cardNumber").GetString().ShouldBe("4456530000001013");
        declined.GetProperty("note").GetString().ShouldBe("Dojo: the issuer declines");
        cards.Count(card => card.GetProperty("outcome").GetString() == "Authorized").ShouldBe(cards.Count - 1);
    }

    [Theory]
    [InlineData("HEAD", "*/*", HttpStatusCode.OK)]
    [InlineData("HEAD", "application/json", HttpStatusCode.OK)]
    [InlineData("POST", "*/*", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "application/json", HttpStatusCode.MethodNotAllowed)]
    public async Task Both_can_be_asked_for_without_their_body_and_neither_can_be_written_to(string method, string accept, HttpStatusCode status)
    {
        using var answer = await AskAsync(accept, method);

        answer.StatusCode.ShouldBe(status);
    }

    private async Task<string?> MediaTypeForAsync(string? accept)
    {
        using var answer = await AskAsync(accept);
        answer.EnsureSuccessStatusCode();
        answer.Headers.Vary.ShouldBe(["Accept"]);
        return answer.Content.Headers.ContentType?.MediaType;
    }

    private async Task<HttpResponseMessage> AskAsync(string? accept, string method = "GET")
    {
        using var client = _app.GetTestClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("/docs/test-cards", UriKind.Relative));
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await client.SendAsync(request, Ct);
    }
}
