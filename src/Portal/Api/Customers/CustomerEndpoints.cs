using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Customers;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;
using static Dojo.Pci.Portal.Api.Gate.AdmittedRequest;

namespace Dojo.Pci.Portal.Api.Customers;

/// <summary>The operations on customers. The request log keeps nothing of their bodies, which hold personal data.</summary>
internal sealed class CustomerEndpoints(ICustomerService service)
{
    private const int MostIds = 20;

    private static readonly BodyProperty<CustomerValidator>[] s_customer =
        [.. CustomerValidator.Names.Select(name => new BodyProperty<CustomerValidator>(name, (ref reader, validator) => validator.Keep(name, ref reader)))];

    private static readonly BodyProperty<CustomerSearchValidator>[] s_search =
    [
        new("limit", (ref reader, validator) => validator.Limit(ref reader)),
        BodyProperties.Text<CustomerSearchValidator>("before", (validator, text) => validator.Before(text)),
        BodyProperties.Text<CustomerSearchValidator>("after", (validator, text) => validator.After(text)),
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapResource(ApiPaths.Customers, new Operation(HttpMethods.Post, ApiKeyScopes.Tokenize, CreateAsync, TakesBody: true));
        routes.MapResource(ApiPaths.SearchCustomers, new Operation(HttpMethods.Post, ApiKeyScopes.Read, SearchAsync, TakesBody: true));
        routes.MapResource(
            ApiPaths.Customer,
            new Operation(HttpMethods.Get, ApiKeyScopes.Read, GetAsync),
            new Operation(HttpMethods.Patch, ApiKeyScopes.Tokenize, UpdateAsync, TakesBody: true),
            new Operation(HttpMethods.Delete, ApiKeyScopes.Charge, DeleteAsync));
        routes.MapResource(ApiPaths.CustomerSecret, new Operation(HttpMethods.Post, ApiKeyScopes.Charge, CreateSecretAsync));
    }

    private async Task CreateAsync(HttpContext context)
    {
        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var validated = Validate(body.Utf8);
        await WriteAsync(context, validated.IsSuccess ? await service.CreateAsync(CallerOf(context), validated.Value) : validated.Refusal);
    }

    private async Task SearchAsync(HttpContext context)
    {
        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var validator = new CustomerSearchValidator();
        var validated = StrictJson.TryRead(body.Utf8, s_search, validator, out var refusal) ? validator.Validate() : refusal!;
        var found = validated.IsSuccess ? await service.SearchAsync(CallerOf(context).Tenant, validated.Value, context.RequestAborted) : validated.Refusal;
        await (found.IsSuccess
            ? JsonAnswer.WriteAsync(
                context,
                new CustomerListResponse([.. found.Value.Items.Select(CustomerResponse.Of)], found.Value.Before, found.Value.After),
                ApiJson.Default.CustomerListResponse)
            : Problems.WriteAsync(context, found.Refusal));
    }

    /// <summary>Takes one id or several, separated by commas. The answer is always a list, as at Dojo.</summary>
    private async Task GetAsync(HttpContext context)
    {
        var ids = IdOf(context).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (ids.Length > MostIds)
        {
            await Problems.WriteAsync(context, new FieldError("CustomerId", $"The CustomerId parameter must name at most {MostIds} customers."));
            return;
        }

        var found = await service.GetAsync(CallerOf(context).Tenant, ids, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, [.. found.Select(CustomerResponse.Of)], ApiJson.Default.CustomerResponseArray);
    }

    private async Task UpdateAsync(HttpContext context)
    {
        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        var validated = Validate(body.Utf8);
        await WriteAsync(context, validated.IsSuccess ? await service.UpdateAsync(CallerOf(context), IdOf(context), validated.Value) : validated.Refusal);
    }

    private async Task DeleteAsync(HttpContext context)
    {
        if (await service.DeleteAsync(CallerOf(context), IdOf(context)) is { } refusal)
        {
            await Problems.WriteAsync(context, refusal);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task CreateSecretAsync(HttpContext context)
    {
        var created = await service.CreateSecretAsync(CallerOf(context), IdOf(context));
        await (created.IsSuccess
            ? JsonAnswer.WriteAsync(context, new CustomerSecretResponse(created.Value), ApiJson.Default.CustomerSecretResponse)
            : Problems.WriteAsync(context, created.Refusal));
    }

    private static Result<CustomerRequest> Validate(ReadOnlySpan<byte> json)
    {
        using var validator = new CustomerValidator();
        return StrictJson.TryRead(json, s_customer, validator, out var refusal) ? validator.Validate() : refusal!;
    }

    private static Task WriteAsync(HttpContext context, Result<Customer> result) => result.IsSuccess
        ? JsonAnswer.WriteAsync(context, CustomerResponse.Of(result.Value), ApiJson.Default.CustomerResponse)
        : Problems.WriteAsync(context, result.Refusal);
}
