using Dojo.Pci.Portal.Logging;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Security;

/// <summary>The server logs addresses as received, and at Trace it logs all of them.</summary>
public sealed class AddressesInLogsTests : IAsyncLifetime
{
    private readonly PortalFactory _portal = new();

    public ValueTask InitializeAsync() => _portal.InitializeAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData("5200000000001005")]
    [InlineData("5200+0000+0000+1005")]
    [InlineData("5200%200000%200000%201005")]
    [InlineData("5200-0000-0000-1005")]
    [InlineData("%35%32%30%30%30%30%30%30%30%30%30%30%31%30%30%35")]
    [InlineData("%35%32%30%30+%30%30%30%30+%30%30%30%30+%31%30%30%35")]
    public async Task A_card_number_as_a_reference_to_look_for_is_refused_and_neither_repeated_nor_logged(string written)
    {
        var answer = await GetAsync($"/setup-intents?reference={written}");

        answer.ShouldBeInvalid("Reference");
        ShouldBeNowhere(answer, written);
    }

    [Theory]
    [InlineData("/setup-intents?nothing=5200+0000+0000+1005", 400)]
    [InlineData("/setup-intents/5200%200000%200000%201005", 404)]
    [InlineData("/%35%32%30%30%30%30%30%30%30%30%30%30%31%30%30%35", 404)]
    [InlineData("/health?5200+0000+0000+1005", 404)]
    public async Task A_card_number_anywhere_in_an_address_is_not_logged(string address, int status)
    {
        var answer = await GetAsync(address);

        ((int)answer.Status).ShouldBe(status, answer.Body);
        ShouldBeNowhere(answer, address[address.IndexOfAny(['5', '%'])..]);
    }

    [Fact]
    public async Task An_address_without_one_is_logged_as_it_came()
    {
        (await GetAsync("/setup-intents?reference=Zimmer+12%20%26")).Status.ShouldBe(System.Net.HttpStatusCode.OK);

        _portal.Log.Text.ShouldContain("?reference=Zimmer+12%20%26");
        _portal.Log.Text.ShouldNotContain(LogScrubber.Replacement);
    }

    // Sent byte by byte, because a client would normalize the address.
    private Task<ApiAnswer> GetAsync(string address) => RawHttp.SendAsync(
        _portal.BaseAddress, [$"GET {address} HTTP/1.1", "Host: localhost", $"Authorization: Basic {_portal.SandboxKey.Secret}", "version: 2025-09-10"]);

    private void ShouldBeNowhere(ApiAnswer answer, string written)
    {
        foreach (var trace in new[] { written, Uri.UnescapeDataString(written), Uri.UnescapeDataString(written.Replace('+', ' ')), ACard.Approved })
        {
            answer.Everything.ShouldNotContain(trace);
            _portal.Log.Text.ShouldNotContain(trace);
        }

        _portal.Log.Text.ShouldContain(LogScrubber.Replacement);
    }
}
