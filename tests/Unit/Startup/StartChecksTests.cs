using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Authentication.SingleSignOn;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Portal.Telemetry;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tests.Unit.Startup;

/// <summary>The start checks themselves, without a process.</summary>
public sealed class StartChecksTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly PortalProgram _portal = new();
    private readonly WebhookOptions _webhooks = new();
    private readonly TelemetryOptions _telemetry = new();
    private readonly SingleSignOnOptions _singleSignOn = new();
    private readonly Dictionary<string, string?> _settings = new(StringComparer.Ordinal) { ["urls"] = "https://localhost:5443" };
    private string _environment = "Production";
    private IReadOnlyList<string> _proxies = [];
    private string _connection = "";
    private string _address = "https://pci.example.com";

    public StartChecksTests()
    {
        _portal.MakeRootKey();
        PortalProgram.SetMode(_portal.KeyDirectory, Owner);
        Directory.CreateDirectory(_portal.DataDirectory);
        PortalProgram.SetMode(_portal.DataDirectory, Owner);
        File.WriteAllBytes(DatabaseFile, []);
        PortalProgram.SetMode(DatabaseFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private string DatabaseFile => Path.Combine(_portal.DataDirectory, "portal.db");

    public void Dispose() => _portal.Dispose();

    [Fact]
    public void What_is_in_order_has_no_fault() => FindFaults().ShouldBeEmpty();

    [Theory]
    [InlineData("Production", "0.0.0.0/0")]
    [InlineData("Production", "::/0")]
    [InlineData("Development", "0.0.0.0/0")]
    [InlineData("Development", "::/0")]
    [InlineData("Production", "0.0.0.0/1")]
    [InlineData("Production", "128.0.0.0/1")]
    [InlineData("Production", "8000::/1")]
    public void Not_everyone_can_be_a_trusted_proxy(string environment, string everyone)
    {
        (_environment, _proxies) = (environment, ["10.0.0.1", everyone]);

        FindFaults().ShouldHaveSingleItem().ShouldStartWith($"Portal:TrustedProxies has '{everyone}'");
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.0/8")]
    [InlineData("::1")]
    [InlineData("fd00::/8")]
    [InlineData("fc00::/7")]
    public void A_proxy_or_a_network_of_proxies_can_be_trusted(string proxy)
    {
        _proxies = [proxy];
        _settings["urls"] = "http://localhost:5080";

        FindFaults().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("10")]
    [InlineData("10.1")]
    [InlineData("0x0a000001")]
    [InlineData("010.0.0.1")]
    [InlineData("10.0.0.1:80")]
    [InlineData("10.0.0.5/8")]
    [InlineData("10/8")]
    [InlineData("proxy.example")]
    [InlineData("localhost")]
    [InlineData("*")]
    [InlineData("http://10.0.0.1")]
    [InlineData("::ffff:10.0.0.0/104")]
    public void What_is_no_address_is_named(string entry)
    {
        _proxies = ["10.0.0.1", entry];

        FindFaults().ShouldHaveSingleItem().ShouldStartWith($"Portal:TrustedProxies has '{entry}', which is neither");
    }

    [Theory]
    [InlineData("", "Portal:PublicAddress is missing")]
    [InlineData("http://pci.example.com", "Portal:PublicAddress http://pci.example.com is not https://")]
    public void Production_needs_to_know_its_address(string address, string fault)
    {
        _address = address;

        FindFaults().ShouldHaveSingleItem().ShouldStartWith(fault);
        _environment = "Development";
        FindFaults().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_key_directory_that_others_can_write_to_is_refused_with_the_way_to_mend_it(UnixFileMode more)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        PortalProgram.SetMode(_portal.KeyDirectory, Owner | more);

        FindFaults().ShouldHaveSingleItem().ShouldEndWith($"chmod go-w {_portal.KeyDirectory}");
    }

    [Fact]
    public void A_key_directory_that_others_can_only_look_into_is_not_refused()
    {
        PortalProgram.SetMode(
            _portal.KeyDirectory, Owner | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        FindFaults().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_database_that_every_user_can_reach_is_refused_with_the_way_to_mend_it(UnixFileMode more)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        PortalProgram.SetMode(DatabaseFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);

        FindFaults().ShouldHaveSingleItem().ShouldEndWith($"chmod 0600 {DatabaseFile}");
    }

    [Theory]
    [InlineData("portal.db-wal")]
    [InlineData("portal.db-shm")]
    [InlineData("portal.lock")]
    public void What_lies_beside_the_database_is_judged_as_it_is(string file)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        var path = Path.Combine(_portal.DataDirectory, file);
        File.WriteAllBytes(path, []);
        PortalProgram.SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        FindFaults().ShouldHaveSingleItem().ShouldEndWith($"chmod 0600 {path}");
    }

    [Fact]
    public void A_directory_above_keys_and_data_that_others_can_write_to_is_refused_for_both()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        PortalProgram.SetMode(_portal.Root, Owner | UnixFileMode.OtherWrite);

        var faults = FindFaults();

        faults.ShouldAllBe(fault => fault.EndsWith($"chmod go-w {_portal.Root}", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Contains("on the way to the root key", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Contains("on the way to Portal:DataDirectory", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Kestrel:Certificates:Default:KeyPath")]
    [InlineData("Kestrel:Certificates:Default:Path")]
    [InlineData("Kestrel:Endpoints:Web:Certificate:KeyPath")]
    [InlineData("Kestrel:Endpoints:Web:Sni:pci.example.com:Certificate:KeyPath")]
    public void A_private_key_of_TLS_that_others_can_read_is_refused(string setting)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        var key = Path.Combine(_portal.Root, "tls.key");
        File.WriteAllText(key, "key");
        PortalProgram.SetMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        _settings[setting] = key;

        FindFaults().ShouldHaveSingleItem().ShouldStartWith($"The TLS key {key} is accessible to users other than its owner");
    }

    [Fact]
    public void A_root_key_behind_a_link_is_judged_as_the_file_that_it_is()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        var real = Path.Combine(_portal.KeyDirectory, "real.key");
        File.Move(_portal.RootKeyFile, real);
        File.CreateSymbolicLink(_portal.RootKeyFile, "real.key");
        FindFaults().ShouldBeEmpty();

        PortalProgram.SetMode(real, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        FindFaults().ShouldHaveSingleItem().ShouldContain("accessible to users other than its owner");
    }

    [Fact]
    public void Development_does_not_ask_who_can_reach_the_files_but_can_tell()
    {
        _environment = "Development";
        PortalProgram.SetMode(DatabaseFile, Owner | UnixFileMode.OtherRead);
        PortalProgram.SetMode(_portal.KeyDirectory, Owner | UnixFileMode.GroupWrite);

        FindFaults().ShouldBeEmpty();
        Checks().FindUnsafePaths().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("True")]
    public void Plain_HTTP_that_is_preferred_to_an_encrypted_endpoint_is_refused(string preferred)
    {
        _settings["Kestrel:Endpoints:Web:Url"] = "https://localhost:5443";
        _settings["urls"] = "http://localhost:5080";
        _settings["preferHostingUrls"] = preferred;

        FindFaults().ShouldHaveSingleItem().ShouldStartWith("http://localhost:5080 is plain HTTP");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("false")]
    public void Plain_HTTP_that_an_encrypted_endpoint_overrides_is_not_refused(string? preferred)
    {
        _settings["Kestrel:Endpoints:Web:Url"] = "https://localhost:5443";
        _settings["urls"] = "http://localhost:5080";
        _settings["preferHostingUrls"] = preferred;

        FindFaults().ShouldBeEmpty();
    }

    [Fact]
    public void Encrypted_addresses_that_are_preferred_to_a_plain_endpoint_are_not_refused()
    {
        _settings["Kestrel:Endpoints:Web:Url"] = "http://localhost:5080";
        _settings["preferHostingUrls"] = "true";

        FindFaults().ShouldBeEmpty();
    }

    [Fact]
    public void A_plain_endpoint_is_refused_also_where_addresses_are_preferred_and_there_are_none()
    {
        _settings["Kestrel:Endpoints:Web:Url"] = "http://localhost:5080";
        _settings["preferHostingUrls"] = "true";
        _settings["urls"] = "";

        FindFaults().ShouldHaveSingleItem().ShouldStartWith("http://localhost:5080 is plain HTTP");
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=file:portal.db?mode=memory")]
    [InlineData("Data Source=portal.db;Mode=ReadOnly")]
    [InlineData("Data Source=portal.db;Password=hidden")]
    [InlineData("Data Source=")]
    [InlineData("Host=localhost;Database=portal")]
    [InlineData("portal.db")]
    public void A_connection_string_names_a_file_and_nothing_else(string connection)
    {
        _connection = connection;

        var fault = FindFaults().ShouldHaveSingleItem();
        fault.ShouldStartWith("Storage:ConnectionString may only name a file");
        fault.ShouldNotContain("hidden");
    }

    [Fact]
    public void A_key_directory_inside_the_directory_of_the_database_is_refused_wherever_that_is()
    {
        _connection = $"Data Source={Path.Combine(Path.GetDirectoryName(_portal.KeyDirectory)!, "portal.db")}";

        FindFaults().ShouldHaveSingleItem().ShouldContain("is inside the database's directory");
    }

    [Theory]
    [InlineData("Production", 1)]
    [InlineData("Staging", 1)]
    [InlineData("Development", 0)]
    public void Events_go_to_this_machine_in_development_alone(string environment, int faults)
    {
        (_environment, _webhooks.AllowLocalhost) = (environment, true);

        FindFaults().Count(fault => fault.StartsWith("Webhooks:AllowLocalhost", StringComparison.Ordinal)).ShouldBe(faults);
    }

    [Theory]
    [InlineData("")]
    [InlineData("443;8443")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("443,")]
    public void Ports_of_webhooks_that_are_no_list_are_named(string ports)
    {
        _webhooks.AllowedPorts = ports;

        FindFaults().ShouldHaveSingleItem().ShouldStartWith("Webhooks:AllowedPorts");
    }

    [Fact]
    public void Headers_for_telemetry_are_a_secret_and_do_not_travel_in_clear()
    {
        _telemetry.OtlpHeadersFile = Path.Combine(_portal.Root, "headers");
        _telemetry.OtlpEndpoint = "http://collector.example:4318";
        FindFaults().ShouldContain(fault => fault.Contains("OtlpHeadersFile", StringComparison.Ordinal) && fault.EndsWith("does not exist.", StringComparison.Ordinal));

        File.WriteAllText(_telemetry.OtlpHeadersFile, "no header");
        PortalProgram.SetMode(_telemetry.OtlpHeadersFile, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        FindFaults().ShouldContain(fault => fault.Contains("accessible to users other than its owner", StringComparison.Ordinal));

        PortalProgram.SetMode(_telemetry.OtlpHeadersFile, UnixFileMode.UserRead);
        FindFaults().ShouldContain(fault => fault.Contains("is not name=value", StringComparison.Ordinal));
        FindFaults().ShouldContain(fault => fault.StartsWith("Telemetry:OtlpEndpoint is not https://", StringComparison.Ordinal));
    }

    private IReadOnlyList<string> FindFaults() => Checks().FindFaults();

    private StartChecks Checks() => new(
        new ConfigurationBuilder().AddInMemoryCollection(_settings).Build(),
        new HostEnvironment { EnvironmentName = _environment },
        Options.Create(new PortalOptions { DataDirectory = _portal.DataDirectory, TrustedProxies = _proxies, PublicAddress = _address }),
        Options.Create(new VaultOptions { KeyDirectory = _portal.KeyDirectory }),
        Options.Create(new StorageOptions { DataDirectory = _portal.DataDirectory, ConnectionString = _connection }),
        Options.Create(new AcquirerOptions()),
        Options.Create(_webhooks),
        Options.Create(_telemetry),
        Options.Create(_singleSignOn));

    private sealed class HostEnvironment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "";

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
