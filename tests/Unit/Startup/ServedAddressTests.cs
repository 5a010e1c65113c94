using Dojo.Pci.Portal.Security;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Tokenization.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tests.Unit.Startup;

/// <summary>The address that links in messages for people start with.</summary>
public sealed class ServedAddressTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("dojo-pci-portal-tests-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public void It_is_the_one_that_people_know_wherever_the_service_listens()
    {
        var served = Served("https://PCI.example.com/", ("urls", "http://127.0.0.1:5080"));
        served.Note(["http://127.0.0.1:5080"]);

        served.Current.ShouldBe("https://pci.example.com");
    }

    [Theory]
    [InlineData("http://localhost:6000", "http://localhost:6000")]
    [InlineData("http://[::]:6000", "http://localhost:6000")]
    [InlineData("https://0.0.0.0:6000", "https://localhost:6000")]
    [InlineData("http://192.0.2.7:6000", "http://192.0.2.7:6000")]
    public void Without_one_it_is_where_the_service_listens_also_for_a_command_with_other_settings(string listening, string expected)
    {
        Served("").Note([listening]);

        Served("", ("urls", "http://localhost:7000")).Current.ShouldBe(expected);
    }

    [Theory]
    [InlineData("urls", "http://*:6001;https://localhost:6002", "http://localhost:6001")]
    [InlineData("urls", "http://+:6001/", "http://localhost:6001")]
    [InlineData("http_ports", "6003", "http://localhost:6003")]
    [InlineData("https_ports", "6004", "https://localhost:6004")]
    [InlineData("Kestrel:Endpoints:Web:Url", "https://192.0.2.7:6005", "https://192.0.2.7:6005")]
    [InlineData("other", "", "http://localhost:5080")]
    public void Before_it_has_listened_the_settings_say(string setting, string value, string expected) => Served("", (setting, value)).Current.ShouldBe(expected);

    [Fact]
    public void A_note_that_cannot_be_written_keeps_nobody_from_serving()
    {
        Directory.CreateDirectory(Path.Combine(_data, "portal.address"));

        Should.NotThrow(() => Served("").Note(["http://localhost:6000"]));
        Served("").Current.ShouldBe("http://localhost:5080");
    }

    private ServedAddress Served(string known, params IEnumerable<(string Name, string Value)> settings) => new(
        new PublicAddress(known),
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build(),
        Options.Create(new StorageOptions { DataDirectory = _data }));
}
