using Dojo.Pci.Portal.Api.Customers;
using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Health;
using Dojo.Pci.Portal.Api.LeakedKeys;
using Dojo.Pci.Portal.Api.Mcp;
using Dojo.Pci.Portal.Api.OpenApi;
using Dojo.Pci.Portal.Api.PaymentIntents;
using Dojo.Pci.Portal.Api.RequestLogs;
using Dojo.Pci.Portal.Api.Sandbox;
using Dojo.Pci.Portal.Api.SetupIntents;
using Dojo.Pci.Portal.Api.Webhooks;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Customers;
using Dojo.Pci.Tokenization.Faults;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Sandbox;
using Dojo.Pci.Tokenization.Seeding;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Portal.Api;

/// <summary>Registers and maps the REST API.</summary>
internal static class ApiExtensions
{
    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<IOperationScopes, EndpointScopes>();
        services.AddSingleton<ApiKeyCheck>();
        services.AddSingleton<UnknownKeys>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<FaultInjection>();
        services.AddSingleton<WriteAdmission>();
        services.AddSingleton<ApiMetrics>();
        services.AddSingleton<ISetupIntentJson, SetupIntentJson>();
        services.AddSingleton<IReplayedBody, ReplayedBody>();
        services.AddBrowserAccess();
        services.AddTestCards();
        services.AddSingleton<ScannerKeys>();
        services.AddSingleton<LeakedKeysEndpoint>();
        services.AddMcp();
        services.AddHealth();
    }

    /// <summary>Answers requests to the API behind <see cref="ApiGateMiddleware"/>; all other requests continue to the pages.</summary>
    public static void UseApi(this WebApplication app)
    {
        app.UseWhen(ApiPaths.IsApi, api => api.UseMiddleware<RequestLogMiddleware>());
        app.UseMiddleware<ErrorMiddleware>();
        app.UseRouting();
        app.UseBrowserAccess();
        app.MapWhen(ApiPaths.IsApi, api => api.UseMiddleware<ApiGateMiddleware>().Run(AnswerAsync));
        app.Use(NothingThereAsync);
    }

    public static void MapApi(this WebApplication app)
    {
        // Callers need no session: the gate has checked the API key where one is needed, and the other operations are public.
        var open = app.MapGroup("").AllowAnonymous();
        new SetupIntentEndpoints(app.Services.GetRequiredService<ISetupIntentService>()).Map(open);
        new SetupIntentBatchEndpoint(app.Services.GetRequiredService<ISetupIntentService>(), app.Services.GetRequiredService<RateLimits>()).Map(open);
        new PaymentIntentEndpoints(app.Services.GetRequiredService<IPaymentIntentService>()).Map(open);
        new PaymentIntentChangeEndpoints(app.Services.GetRequiredService<IPaymentIntentChanges>()).Map(open);
        new ReceiptEndpoints(app.Services.GetRequiredService<IReceipts>()).Map(open);
        new WebhookEndpoints(app.Services.GetRequiredService<IWebhookService>()).Map(open);
        new WebhookListenerEndpoints(app.Services.GetRequiredService<IWebhookListening>(), app.Lifetime).Map(open);
        new SettlementEndpoints(app.Services.GetRequiredService<IPaymentIntentService>()).Map(open);
        new CustomerEndpoints(app.Services.GetRequiredService<ICustomerService>()).Map(open);
        new PublicCustomerEndpoints(app.Services.GetRequiredService<ICustomerService>()).Map(open);
        new SandboxPaymentEndpoint(app.Services.GetRequiredService<IPaymentIntentService>()).Map(open);
        new SandboxClockEndpoint(app.Services.GetRequiredService<ISandboxClock>()).Map(open);
        app.Services.GetRequiredService<LeakedKeysEndpoint>().Map(open);
        new SandboxFaultsEndpoints(app.Services.GetRequiredService<ISandboxFaults>()).Map(open);
        new SandboxSeedsEndpoints(app.Services.GetRequiredService<ISandboxSeeds>()).Map(open);
        new ThrowawaySandboxEndpoints(app.Services.GetRequiredService<ISandboxes>()).Map(open);
        open.MapMcpServer();
        open.MapHealth();
        open.MapOpenApiDocument();
        app.MapTestCards();
    }

    // The gate passes on only requests that have an endpoint.
    private static Task AnswerAsync(HttpContext context) => context.GetEndpoint()!.RequestDelegate!(context);

    // Answers 404 for a path that does not exist; the authorization below would ask an anonymous caller to sign in for it. For a method
    // that a path does not have, routing provides its own endpoint, which answers 405.
    private static Task NothingThereAsync(HttpContext context, RequestDelegate next)
    {
        switch (context.GetEndpoint())
        {
            case RouteEndpoint:
                return next(context);
            case { RequestDelegate: { } refuse }:
                return refuse(context);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }
}
