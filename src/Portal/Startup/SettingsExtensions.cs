using Dojo.Pci.Portal.Api;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Velocity;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Startup;

/// <summary>Where settings come from, and what they are read into. <see cref="SettingChecks"/> looks at them before the start.</summary>
internal static class SettingsExtensions
{
    private const string SettingsFile = "appsettings.json";

    public static void AddSettings(this WebApplicationBuilder builder)
    {
        // The one beside the program counts, and first, so that everything else wins over it: the environment, then the command
        // line. The framework would read it after the variables that begin with ASPNETCORE_.
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

        var portal = builder.Configuration.GetSection(PortalOptions.Section);
        builder.Services.AddOptions<PortalOptions>().Bind(portal)
            .PostConfigure(options => options.TrustedProxies = PortalOptions.ReadList(portal.GetSection(nameof(PortalOptions.TrustedProxies))));
        builder.Services.Configure<SetupIntentOptions>(builder.Configuration.GetSection(SetupIntentOptions.Section));
        builder.Services.Configure<BackgroundJobOptions>(builder.Configuration.GetSection(BackgroundJobOptions.Section));
        builder.Services.Configure<MemberOptions>(builder.Configuration.GetSection(MemberOptions.Section));
        builder.Services.Configure<LimitOptions>(builder.Configuration.GetSection(LimitOptions.Section));
        builder.Services.Configure<VelocityOptions>(builder.Configuration.GetSection(VelocityOptions.Section));
        builder.Services.Configure<WebhookOptions>(builder.Configuration.GetSection(WebhookOptions.Section));
        builder.Services.Configure<ApiOptions>(builder.Configuration.GetSection(ApiOptions.Section));
        builder.Services.AddOptions<VaultOptions>().Bind(builder.Configuration.GetSection("Vault"))
            .PostConfigure(options => options.KeyDirectory = Path.GetFullPath(options.KeyDirectory));
        builder.Services.AddOptions<StorageOptions>().Bind(builder.Configuration.GetSection("Storage"))
            .PostConfigure<IOptions<PortalOptions>>((options, own) => options.DataDirectory = Path.GetFullPath(own.Value.DataDirectory));
        builder.Services.AddOptions<AcquirerOptions>().Bind(builder.Configuration.GetSection(AcquirerOptions.Section))
            .PostConfigure(options => options.ApiKeyFile = options.ApiKeyFile.Length > 0 ? Path.GetFullPath(options.ApiKeyFile) : "");
    }

    private static bool ListensElsewhere(ConfigurationManager settings) =>
        new[] { WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey }.Any(key => !string.IsNullOrEmpty(settings[key]))
        || settings.GetSection("Kestrel:Endpoints").GetChildren().Any();
}
