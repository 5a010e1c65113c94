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

/// <summary>Assembles the host: first its services, then the request pipeline.</summary>
internal static class PortalBuilder
{
    // Settings are read once, at the start. Watching their files would wake the process at each write to a database below the same directory.
    internal const string WithoutWatching = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>
    /// Creates a builder of a host that finds its own files wherever it is started: the content root is the program's folder. Relative
    /// paths in the settings (data, keys) are still resolved against the working directory.
    /// </summary>
    public static WebApplicationBuilder Create(params string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. args, WithoutWatching], ContentRootPath = AppContext.BaseDirectory });

        // The output of a build has no wwwroot, but a manifest that says where the files are. By default the framework reads the manifest
        // in Development only. Published output has no manifest.
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
