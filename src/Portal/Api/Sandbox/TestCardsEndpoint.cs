using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.Cards;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dojo.Pci.Portal.Api.Sandbox;

/// <summary>Serves the list of test cards as JSON at the address of its page (<see cref="JsonOnRequest"/>).</summary>
internal static class TestCardsEndpoint
{
    private static readonly TestCardList s_list = new(
        [.. TestCards.All.Select(card => new TestCardItem(
            card.Number,
            CardSchemeSpelling.ForApi(card.Scheme),
            card.Outcome is TestCardOutcome.Approves ? "Authorized" : "Declined",
            card.Note))]);

    public static void AddTestCards(this IServiceCollection services) =>
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, JsonOnRequestPolicy>());

    public static void MapTestCards(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods(PortalUrls.TestCards, [HttpMethods.Get, HttpMethods.Head], static () => TypedResults.Ok(s_list))
            .AllowAnonymous()
            .OpenToBrowsers()
            .WithMetadata(new JsonOnRequest())
            .WithSummary("The card numbers that the sandbox accepts");

    internal sealed record TestCardList(IReadOnlyList<TestCardItem> Data);

    internal sealed record TestCardItem(string CardNumber, string Scheme, string Outcome, string Note);
}
