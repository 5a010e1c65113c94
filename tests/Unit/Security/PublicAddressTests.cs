using Dojo.Pci.Portal.Security;
using Microsoft.AspNetCore.Http;

namespace Dojo.Pci.Tests.Unit.Security;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("https://pci.example.com", "https://pci.example.com")]
    [InlineData("https://PCI.Example.com/", "https://pci.example.com")]
    [InlineData("https://pci.example.com:443", "https://pci.example.com")]
    [InlineData("https://pci.example.com.:8443/", "https://pci.example.com:8443")]
    [InlineData("https://münchen.example", "https://xn--mnchen-3ya.example")]
    [InlineData("https://[2001:DB8:0:0::1]:8443", "https://[2001:db8::1]:8443")]
    [InlineData("http://localhost:5080", "http://localhost:5080")]
    public void An_address_has_one_spelling(string text, string origin) => new PublicAddress(text).Origin.ShouldBe(origin);

    [Theory]
    [InlineData("pci.example.com")]
    [InlineData("ftp://pci.example.com")]
    [InlineData("https://pci.example.com/portal")]
    [InlineData("https://pci.example.com?x=1")]
    [InlineData("https://pci.example.com#x")]
    [InlineData("https://user@pci.example.com")]
    [InlineData("https://0.0.0.0")]
    [InlineData("https://[::]")]
    [InlineData("https://*")]
    [InlineData("https://")]
    public void What_people_cannot_open_is_no_address(string text) => PublicAddress.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("https://pci.example.com", "pci.example.com", true)]
    [InlineData("https://pci.example.com", "pci.example.com:443", true)]
    [InlineData("https://pci.example.com", "pci.example.com:80", false)]
    [InlineData("http://pci.example.com", "pci.example.com:80", true)]
    [InlineData("https://münchen.example", "XN--mnchen-3ya.example.", true)]
    [InlineData("https://[2001:db8::1]", "[2001:0db8:0::1]", true)]
    [InlineData("https://[2001:db8::1]", "[2001:db8::2]", false)]
    [InlineData("https://pci.example.com", "", false)]
    [InlineData("", "pci.example.com", false)]
    [InlineData("", "", false)]
    public void A_host_is_compared_by_what_it_means(string address, string host, bool isAt)
    {
        var known = new PublicAddress(address);

        (known.Origin is not null && known.IsAt(new HostString(host))).ShouldBe(isAt);
    }
}
