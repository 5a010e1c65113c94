using System.Net;
using System.Text.Json;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.SigningIn;

namespace Dojo.Pci.Tests.Unit.Exports;

public sealed class AuditExportTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task The_trail_is_a_CSV_file_in_words()
    {
        using var owner = await APerson.OwnerAsync(portal);

        var file = await owner.Browser.AskAsync("/activity/export.csv");

        file.Status.ShouldBe(HttpStatusCode.OK);
        file.CacheControl.ShouldBe("no-store");
        var lines = file.Html.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].TrimStart('\uFEFF').ShouldBe("at,who,what,details,subject,from,outcome,actor_id,subject_id,entry");
        lines[1].ShouldContain("Exported the audit trail");
        lines.ShouldContain(line => line.Contains("Joined the account", StringComparison.Ordinal) && line.Contains($"Member {owner.Name}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_trail_is_JSON_Lines_for_programs()
    {
        using var owner = await APerson.OwnerAsync(portal);

        var file = await owner.Browser.AskAsync("/activity/export.jsonl?topic=members");

        var lines = file.Html.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        lines.ShouldNotBeEmpty();
        lines.ShouldAllBe(line => line.GetProperty("subjectId").GetString()!.StartsWith("member:") || line.GetProperty("subjectId").GetString()!.StartsWith("invitation"));
        lines.ShouldContain(line => line.GetProperty("action").GetString() == "member joined" && line.GetProperty("what").GetString() == "Joined the account" && line.GetProperty("outcome").GetString() == "done");
    }

    [Theory]
    [InlineData("topic=nonsense")]
    [InlineData("member=me")]
    [InlineData("from=yesterday")]
    [InlineData("to=2026-13-01")]
    [InlineData("from=2026-11-02&to=2026-11-01")]
    [InlineData("q=5200000000001005")]
    public async Task A_filter_that_cannot_be_read_is_refused_rather_than_left_out(string query)
    {
        using var owner = await APerson.OwnerAsync(portal);

        var refused = await owner.Browser.AskAsync($"/activity/export.csv?{query}");

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Html.ShouldNotBeEmpty();
        refused.Html.ShouldNotContain("at,who");
        refused.Html.ShouldNotContain("5200000000001005");
    }

    [Fact]
    public async Task A_stranger_gets_no_file()
    {
        using var stranger = new APerson(portal);

        (await stranger.Browser.AskAsync("/activity/export.csv")).Location.ShouldNotBeNull().ShouldContain("/sign-in");
    }
}
