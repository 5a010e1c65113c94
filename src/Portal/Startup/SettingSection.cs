using Dojo.Pci.Portal.Api;
using Dojo.Pci.Portal.Api.LeakedKeys;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Authentication.SingleSignOn;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Portal.Telemetry;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Sandbox;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Velocity;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Startup;

/// <summary>
/// A section of the settings: binds it to its options and validates it. Numbers and times in the options must declare their bounds. The raw
/// settings are checked, so that all faults are found at once.
/// </summary>
internal abstract class SettingSection
{
    private readonly string _name;
    private readonly Type _options;
    private readonly Func<IConfiguration, IEnumerable<string>>? _furtherFaults;

    private SettingSection(string name, Type options, Func<IConfiguration, IEnumerable<string>>? furtherFaults) =>
        (_name, _options, _furtherFaults) = (name, options, furtherFaults);

    /// <summary>All our sections.</summary>
    public static IReadOnlyList<SettingSection> All { get; } =
    [
        Of<PortalOptions>(PortalOptions.Section, PublicAddress.FaultsOfSetting),
        Of<MemberOptions>(MemberOptions.Section),
        Of<VaultOptions>("Vault"),
        Of<StorageOptions>("Storage"),
        Of<ApiOptions>(ApiOptions.Section, ScannerKeys.FaultsOfSetting),
        Of<LimitOptions>(LimitOptions.Section),
        Of<VelocityOptions>(VelocityOptions.Section),
        Of<SetupIntentOptions>(SetupIntentOptions.Section),
        Of<BackgroundJobOptions>(BackgroundJobOptions.Section),
        Of<SandboxOptions>(SandboxOptions.Section),
        Of<AcquirerOptions>(AcquirerOptions.Section),
        Of<WebhookOptions>(WebhookOptions.Section),
        Of<TelemetryOptions>(TelemetryOptions.Section, TelemetryChecks.FaultsOfAddresses),
        Of<SingleSignOnOptions>(SingleSignOnOptions.Section),
    ];

    /// <summary>The section itself, and the sections below it that are bound to separate objects.</summary>
    public IEnumerable<(string Name, Type Options)> Parts =>
    [
        (_name, _options),
        .. _options.GetProperties().Where(property => IsSection(property.PropertyType)).Select(property => ($"{_name}:{property.Name}", property.PropertyType)),
    ];

    /// <summary>Whether settings of a type form a section, not a single value or a list.</summary>
    public static bool IsSection(Type type) => type.IsClass && type != typeof(string) && !type.IsAssignableTo(typeof(System.Collections.IEnumerable));

    /// <summary>Returns every fault, as a sentence that names the setting and does not repeat its value.</summary>
    public IReadOnlyList<string> FindFaults(IConfiguration configuration) =>
        [.. BrokenRules(configuration).Select(broken => broken.Fault), .. _furtherFaults?.Invoke(configuration) ?? []];

    /// <summary>Registers the options with their binding and validation, which also runs at the start.</summary>
    public abstract void AddTo(IServiceCollection services, IConfiguration configuration);

    private static Typed<TOptions> Of<TOptions>(string name, Func<IConfiguration, IEnumerable<string>>? furtherFaults = null)
        where TOptions : class => new(name, furtherFaults);

    private IEnumerable<(string Setting, string Fault)> BrokenRules(IConfiguration configuration) =>
        Parts.SelectMany(part => SettingRules.FaultsOf(configuration, part.Name, part.Options));

    // Leaves out settings that cannot be read: the validator names them, and the others can still be checked.
    private void Bind(IConfiguration configuration, object options)
    {
        if (BrokenRules(configuration).Select(broken => broken.Setting).Where(setting => setting.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase) is { Count: > 0 } broken)
        {
            var readable = configuration.GetSection(_name).AsEnumerable()
                .Where(setting => setting.Value is not null && !broken.Any(path => $"{setting.Key}:".StartsWith($"{path}:", StringComparison.OrdinalIgnoreCase)));
            configuration = new ConfigurationBuilder().AddInMemoryCollection(readable).Build();
        }

        configuration.GetSection(_name).Bind(options);
    }

    private sealed class Typed<TOptions>(string name, Func<IConfiguration, IEnumerable<string>>? furtherFaults) : SettingSection(name, typeof(TOptions), furtherFaults)
        where TOptions : class
    {
        public override void AddTo(IServiceCollection services, IConfiguration configuration)
        {
            services.AddSingleton<IValidateOptions<TOptions>>(new Validator(this, configuration));
            services.AddOptions<TOptions>().Configure(options => Bind(configuration, options)).ValidateOnStart();
        }

        private sealed class Validator(SettingSection section, IConfiguration configuration) : IValidateOptions<TOptions>
        {
            public ValidateOptionsResult Validate(string? name, TOptions options) =>
                section.FindFaults(configuration) is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
        }
    }
}
