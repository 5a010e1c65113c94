using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Storage;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Startup;

/// <summary>Adds the sources of settings and the options that they are bound to. <see cref="SettingChecks"/> validates them before the start.</summary>
internal static class SettingsExtensions
{
    private const string SettingsFile = "appsettings.json";

    public static void AddSettings(this WebApplicationBuilder builder)
    {
        // Only the file beside the program counts, and it is read first, so that everything else overrides it: the environment, then the
        // command line. The framework would read it after the variables that begin with ASPNETCORE_.
        foreach (var source in builder.Configuration.Sources.OfType<JsonConfigurationSource>().Where(source => source.Path == SettingsFile).ToList())
        {
            builder.Configuration.Sources.Remove(source);
        }

        var defaults = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, SettingsFile)).Build();
        builder.Configuration.Sources.Insert(0, new ChainedConfigurationSource { Configuration = defaults, ShouldDisposeConfiguration = true });
        if (!ListensElsewhere(builder.Configuration))
        {
            builder.WebHost.UseUrls(ListeningAddresses.Default);
        }

        foreach (var section in SettingSection.All)
        {
            section.AddTo(builder.Services, builder.Configuration);
        }

        var portal = builder.Configuration.GetSection(PortalOptions.Section);
        builder.Services.AddOptions<PortalOptions>()
            .PostConfigure(options => options.TrustedProxies = PortalOptions.ReadList(portal.GetSection(nameof(PortalOptions.TrustedProxies))));
        builder.Services.AddOptions<VaultOptions>().PostConfigure(options => options.KeyDirectory = Path.GetFullPath(options.KeyDirectory));
        builder.Services.AddOptions<StorageOptions>()
            .PostConfigure<IServiceProvider>((options, services) => options.DataDirectory = Path.GetFullPath(services.ReadUnvalidated<PortalOptions>().DataDirectory));
        builder.Services.AddOptions<AcquirerOptions>()
            .PostConfigure(options => options.ApiKeyFile = options.ApiKeyFile.Length > 0 ? Path.GetFullPath(options.ApiKeyFile) : "");
    }

    /// <summary>Reads options without validating them, for checks of settings of which some may be wrong.</summary>
    public static TOptions ReadUnvalidated<TOptions>(this IServiceProvider services)
        where TOptions : class =>
        new OptionsFactory<TOptions>(services.GetServices<IConfigureOptions<TOptions>>(), services.GetServices<IPostConfigureOptions<TOptions>>()).Create(Options.DefaultName);

    private static bool ListensElsewhere(ConfigurationManager settings) =>
        new[] { WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey }.Any(key => !string.IsNullOrEmpty(settings[key]))
        || settings.GetSection("Kestrel:Endpoints").GetChildren().Any();
}
