using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Customers;
using static Dojo.Pci.Portal.Api.Gate.AdmittedRequest;

namespace Dojo.Pci.Portal.Api.Customers;

/// <summary>The operations on saved cards for a customer's own device. It has no API key and presents a secret of the customer instead.</summary>
internal sealed class PublicCustomerEndpoints(ICustomerService service)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapResource(ApiPaths.CustomerCards, new Operation(HttpMethods.Get, Scope: null, ListAsync));
        routes.MapResource(ApiPaths.CustomerCard, new Operation(HttpMethods.Delete, Scope: null, RemoveAsync));
    }

    private async Task ListAsync(HttpContext context)
    {
        var cards = await service.ListCardsAsync(IdOf(context), SecretOf(context), context.RequestAborted);
        await (cards is null ? RefuseSecretAsync(context) : JsonAnswer.WriteAsync(context, CustomerCardsResponse.Of(cards), ApiJson.Default.CustomerCardsResponse));
    }

    private async Task RemoveAsync(HttpContext context)
    {
        switch (await service.RemoveCardAsync(IdOf(context), SecretOf(context), IdOf(context, "cardId")))
        {
            case null:
                await RefuseSecretAsync(context);
                break;
            case { IsSuccess: false } refused:
                await Problems.WriteAsync(context, refused.Refusal!);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
        }
    }

    private static string SecretOf(HttpContext context) => ApiKeyCheck.CredentialOf(context.Request).ToString();

    private static Task RefuseSecretAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = ApiKeyCheck.Scheme;
        return Problems.WriteAsync(
            context, StatusCodes.Status401Unauthorized, "Send a secret of the customer that has not expired, as it is: Authorization: Basic cs_sandbox_the_secret");
    }
}
