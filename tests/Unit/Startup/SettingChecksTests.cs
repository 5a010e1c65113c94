using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tests.Unit.Startup;

/// <summary>Every setting, at and beyond its bounds.</summary>
public sealed class SettingChecksTests
{
    private static readonly string[] s_extremes =
    [
        "-1", "0", "2147483648", "-2147483648", "9223372036854775807", "1e9", "0x10", "many", "", " ", "NaN",
        "-00:00:01", "00:00:00", "10675199.02:48:05.4775807", "-10675199.02:48:05.4775808", "2920000.00:00:00", "soon", "1 day", "PT1H",
    ];

    /// <summary>The section and name of each number and each duration.</summary>
    public static TheoryData<string, string> Bounded => [.. Measures().Select(measure => (measure.Section, measure.Property.Name))];

    [Fact]
    public void Every_number_and_every_time_declares_its_bounds() =>
        Measures().Where(measure => measure.Property.GetCustomAttribute<RangeAttribute>() is null).Select(measure => $"{measure.Section}:{measure.Property.Name}").ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Bounded))]
    public void What_is_past_its_bounds_or_none_at_all_is_named(string section, string name)
    {
        var bounds = BoundsOf(section, name);
        var least = Text(bounds.Minimum);
        foreach (var value in s_extremes.Append(Past(bounds.Maximum, 1)).Append(Past(bounds.Minimum, -1)).Where(value => value != least))
        {
            var fault = FaultsWith((section, name, value)).ShouldHaveSingleItem(value);

            fault.ShouldStartWith($"{section}:{name} must be ");
            fault.ShouldContain(least);
        }
    }

    [Theory]
    [MemberData(nameof(Bounded))]
    public void The_bounds_themselves_are_taken(string section, string name)
    {
        var bounds = BoundsOf(section, name);

        FaultsWith((section, name, Text(bounds.Minimum))).ShouldBeEmpty();
        FaultsWith((section, name, Text(bounds.Maximum))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task With_every_setting_at_a_bound_cards_are_tokenized(bool atMost)
    {
        var settings = Measures().ToDictionary(
            measure => $"{measure.Section}:{measure.Property.Name}",
            measure => (string?)Text(atMost ? BoundsOf(measure.Section, measure.Property.Name).Maximum : BoundsOf(measure.Section, measure.Property.Name).Minimum),
            StringComparer.Ordinal);
        await using var portal = await PortalFactory.StartAsync(new PortalFactory { Settings = settings });

        (await portal.TokenizeAsync(new ACard())).Status.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Storage", "Provider", "1", "must be one of Sqlite, Postgres")]
    [InlineData("Storage", "Provider", "Sqlite,Postgres", "must be one of Sqlite, Postgres")]
    [InlineData("Storage", "Provider", "", "must be one of Sqlite, Postgres")]
    [InlineData("Portal", "PublicAddres", "https://pci.example.com", "is not a setting")]
    [InlineData("Members", "idle-timeout", "00:05:00", "is not a setting")]
    [InlineData("Storage", "DataDirectory", "elsewhere", "is not a setting")]
    [InlineData("Vault", "KeyDirectory:0", "/keys", "has one value")]
    public void What_is_mistyped_is_named(string section, string name, string value, string why) =>
        FaultsWith((section, name, value)).ShouldHaveSingleItem().ShouldContain(why);

    [Theory]
    [InlineData("OtlpEndpoint", "collector:4318")]
    [InlineData("OtlpEndpoint", "https://user:secret@collector.example")]
    [InlineData("MetricsUrls", "9464")]
    [InlineData("MetricsUrls", "http://127.0.0.1:9464/metrics")]
    [InlineData("MetricsUrls", "http://127.0.0.1:9464;https://127.0.0.1:9465")]
    public void An_address_of_telemetry_that_is_none_is_named(string name, string value) =>
        FaultsWith(("Telemetry", name, value)).ShouldHaveSingleItem().ShouldStartWith($"Telemetry:{name} must be ");

    [Fact]
    public void Metrics_are_not_served_where_requests_are() =>
        Faults(Configuration(("urls", "http://localhost:5080"), ("Telemetry:MetricsUrls", "http://*:5080")))
            .ShouldHaveSingleItem().ShouldContain("has the port 5080, where requests are served");

    [Fact]
    public void A_section_with_a_value_of_its_own_is_named() =>
        Faults(Configuration(("Api", "x"))).ShouldHaveSingleItem().ShouldContain("Api is a section");

    [Fact]
    public void All_faults_are_found_at_once() =>
        FaultsWith(("Api", "RequestsPerSecondPerKey", "0"), ("Api", "PublicRequestsPerSecondPerAddress", "x"), ("Housekeeping", "Interval", "-1"), ("Members", "Nonsense", "1"))
            .Count.ShouldBe(4);

    [Fact]
    public void Names_count_in_any_case() => FaultsWith(("api", "requestspersecondperkey", "100"), ("STORAGE", "PROVIDER", "sqlite")).ShouldBeEmpty();

    private static IEnumerable<(string Section, PropertyInfo Property)> Measures() =>
        from section in SettingSection.All.SelectMany(section => section.Parts)
        from property in section.Options.GetProperties().Where(property => property.SetMethod is not null)
        let type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType
        where type == typeof(TimeSpan) || type == typeof(decimal) || (type.IsPrimitive && type != typeof(bool) && type != typeof(char))
        select (section.Name, property);

    private static RangeAttribute BoundsOf(string section, string name)
    {
        var bounds = SettingSection.All.SelectMany(part => part.Parts).Single(one => one.Name == section).Options.GetProperty(name)!.GetCustomAttribute<RangeAttribute>().ShouldNotBeNull();
        bounds.IsValid(null); // makes the attribute parse its limits
        return bounds;
    }

    private static string Text(object limit) => Convert.ToString(limit, CultureInfo.InvariantCulture)!;

    private static string Past(object limit, int by) => limit switch
    {
        int number => (number + (long)by).ToString(CultureInfo.InvariantCulture),
        _ => (TimeSpan.Parse(Text(limit), CultureInfo.InvariantCulture) + TimeSpan.FromTicks(by)).ToString(),
    };

    private static IReadOnlyList<string> FaultsWith(params (string Section, string Name, string Value)[] settings) =>
        Faults(Configuration([.. settings.Select(setting => ($"{setting.Section}:{setting.Name}", setting.Value))]));

    private static IReadOnlyList<string> Faults(IConfiguration configuration)
    {
        var services = new ServiceCollection();
        foreach (var section in SettingSection.All)
        {
            section.AddTo(services, configuration);
        }

        using var provider = services.BuildServiceProvider();
        return new SettingChecks(provider.GetRequiredService<IStartupValidator>()).FindFaults();
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
