using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Authentication.SingleSignOn;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Portal.Telemetry;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tests.Unit.Authorization;

public sealed class AcquirerStartChecksTests : AcquirerTest
{
    [Fact]
    public void An_acquirer_over_https_with_a_key_is_fit()
    {
        FaultsWith(_ => { }).ShouldBeEmpty();
    }

    [Fact]
    public void No_acquirer_is_fit_too()
    {
        FaultsWith(options =>
        {
            options.Address = "";
            options.ApiKeyFile = "";
            options.Timeout = TimeSpan.Zero;
        }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://acquirer.example/v1")]
    [InlineData("ftp://acquirer.example/v1")]
    [InlineData("file:///acquirer")]
    [InlineData("acquirer.example")]
    [InlineData("https://user:secret@acquirer.example/v1")]
    [InlineData("https://acquirer.example/v1?key=secret")]
    [InlineData("https://acquirer.example/v1#secret")]
    public void Any_other_address_is_a_fault_everywhere(string address)
    {
        foreach (var environment in new[] { Environments.Production, Environments.Development })
        {
            var fault = FaultsWith(options => options.Address = address, environment).ShouldHaveSingleItem();
            fault.ShouldStartWith("Acquirer:Address");
            fault.ShouldNotContain("secret");
        }
    }

    [Theory]
    [InlineData("http://localhost:5099/v1")]
    [InlineData("http://127.0.0.1:5099")]
    [InlineData("http://[::1]:5099")]
    public void Plain_http_is_for_this_machine_and_development(string address)
    {
        FaultsWith(options => options.Address = address, Environments.Development).ShouldBeEmpty();
        FaultsWith(options => options.Address = address, Environments.Staging).ShouldHaveSingleItem();
        FaultsWith(options => options.Address = address).ShouldHaveSingleItem().ShouldContain("card numbers would travel unencrypted");
    }

    [Fact]
    public void A_missing_key_is_a_fault()
    {
        FaultsWith(options => options.ApiKeyFile = "").ShouldHaveSingleItem().ShouldStartWith("Acquirer:ApiKeyFile is missing");
        FaultsWith(options => options.ApiKeyFile = "/nowhere/acquirer.key").ShouldHaveSingleItem().ShouldBe("Acquirer:ApiKeyFile /nowhere/acquirer.key does not exist.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("too-short")]
    [InlineData("two lines of a key\nare one too many")]
    [InlineData("schlüssel-des-erwerbers")]
    public void A_file_without_a_key_is_a_fault_that_does_not_repeat_it(string text)
    {
        var fault = FaultsWith(options => options.ApiKeyFile = AKeyFile(text)).ShouldHaveSingleItem();

        fault.ShouldContain("is not one line");
        fault.ShouldNotContain("schlüssel");
    }

    [Fact]
    public void A_key_that_others_can_read_is_a_fault()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are of Unix.");

        var shared = AKeyFile("a-key-of-fair-length", UnixFileMode.UserRead | UnixFileMode.GroupRead);

        FaultsWith(options => options.ApiKeyFile = shared).ShouldHaveSingleItem().ShouldContain($"chmod 0400 {shared}");
        FaultsWith(options => options.ApiKeyFile = AKeyFile("a-key-of-fair-length", UnixFileMode.UserRead | UnixFileMode.UserWrite)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("00:00:10", "00:00:11")]
    [InlineData("00:00:01", "00:00:03")]
    public void A_connection_that_may_take_longer_than_the_call_is_a_fault(string timeout, string connectTimeout)
    {
        var found = FaultsWith(options =>
        {
            options.Timeout = TimeSpan.Parse(timeout);
            options.ConnectTimeout = TimeSpan.Parse(connectTimeout);
        });

        found.ShouldHaveSingleItem().ShouldStartWith("Acquirer:ConnectTimeout must be at most Acquirer:Timeout");
    }

    [Fact]
    public void All_faults_are_found_at_once()
    {
        FaultsWith(options =>
        {
            options.Address = "http://acquirer.example";
            options.ApiKeyFile = "";
            options.Timeout = TimeSpan.Zero;
        }).Count.ShouldBe(3);
    }

    private List<string> FaultsWith(Action<AcquirerOptions> change, string? environment = null)
    {
        var acquirer = new AcquirerOptions { Address = "https://acquirer.example/v1", ApiKeyFile = AKeyFile("a-key-of-fair-length") };
        change(acquirer);
        var checks = new StartChecks(
            new ConfigurationBuilder().Build(),
            new AnEnvironment { EnvironmentName = environment ?? Environments.Production },
            Options.Create(new PortalOptions { PublicAddress = "https://pci.example.com" }),
            Options.Create(new VaultOptions { KeyDirectory = AVault() }),
            Options.Create(new StorageOptions { DataDirectory = ADirectory("data") }),
            Options.Create(acquirer),
            Options.Create(new WebhookOptions()),
            Options.Create(new TelemetryOptions()),
            Options.Create(new SingleSignOnOptions()));
        return [.. checks.FindFaults()];
    }

    private string AVault()
    {
        var vault = ADirectory("keys");
        var rootKey = Path.Combine(vault, VaultOptions.RootKeyFile);
        if (!File.Exists(rootKey))
        {
            using var file = PrivateFiles.Create(rootKey, UnixFileMode.UserRead);
            file.Write(new byte[RootKey.Length]);
        }

        return vault;
    }

    private sealed class AnEnvironment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
