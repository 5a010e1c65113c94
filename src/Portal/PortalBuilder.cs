using Dojo.Pci.Portal.Api;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Authentication.SingleSignOn;
using Dojo.Pci.Portal.Components;
using Dojo.Pci.Portal.Docs;
using Dojo.Pci.Portal.Exports;
using Dojo.Pci.Portal.Logging;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Portal.Telemetry;
using Dojo.Pci.Tokenization;

namespace Dojo.Pci.Portal;

/// <summary>What the host is made of, in the order a reader would ask for it: services first, then the request pipeline.</summary>
internal static class PortalBuilder
{
    // Settings count from the start on. Watching their files would wake the process at each write to a database below the same directory.
    internal const string WithoutWatching = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>
    /// A builder of a host that finds its own files wherever it is started: the content root is the program's folder. What settings
    /// name by a relative path (data, keys) still counts from the working directory.
    /// </summary>
    public static WebApplicationBuilder Create(params string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. args, WithoutWatching], ContentRootPath = AppContext.BaseDirectory });

        // A build has no wwwroot beside it, but a manifest that says where the files are. The framework reads it in Development alone;
        // published output has none.
        builder.WebHost.UseStaticWebAssets();
        return builder;
    }

    public static WebApplicationBuilder AddPortal(this WebApplicationBuilder builder)
    {
        builder.AddSettings();
        builder.AddServer();
        builder.Services.AddSingleton<ILoggerFactory, ScrubbingLoggerFactory>();
        builder.AddTelemetry();
        builder.Services.AddApi();
        builder.Services.AddTokenization();
        builder.Services.AddStartup();
        builder.Services.AddMembers();
        builder.AddSingleSignOn();
        builder.Services.AddExports();
        builder.Services.AddPages();
        return builder;
    }

    public static WebApplication UsePortal(this WebApplication app)
    {
        app.UseEntrance();
        app.UseApi();
        app.UseMembers();
        app.MapApi();
        app.MapSessions();
        app.MapSingleSignOn();
        app.MapExports();
        app.MapDocs();
        app.MapPages();
        app.MakeEndpoints();
        return app;
    }
}
