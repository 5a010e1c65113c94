using System.Globalization;
using System.Text;
using Dojo.Pci.Tests.Unit.Harness;
using Microsoft.AspNetCore.Http;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class AnswerLengthTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task An_answer_says_how_long_it_is()
    {
        using var client = portal.SandboxClient();

        ShouldTellItsLength((await client.TokenizeAsync(new ACard { Reference = "Buchung für Ørsted" }.ToJson())).ShouldBeOk());
    }

    [Fact]
    public async Task A_refusal_says_how_long_it_is()
    {
        using var client = portal.SandboxClient();

        ShouldTellItsLength(await client.TokenizeAsync("{}"));
    }

    [Fact]
    public void No_request_is_kept_for_an_accessor_which_would_cost_each_a_context_of_its_own() =>
        portal.Services.GetService(typeof(IHttpContextAccessor)).ShouldBeNull();

    private static void ShouldTellItsLength(ApiAnswer answer) =>
        answer.Header("Content-Length").ShouldBe(Encoding.UTF8.GetByteCount(answer.Body).ToString(CultureInfo.InvariantCulture));
}
