using System.IO.Compression;
using System.Text.Json;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.SigningIn;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Integrity;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>
/// A database and a root key from the version before the rooms (created by Fixtures/make-before-rooms), served by this one: nothing of it is lost.
/// </summary>
[Trait("Engine", "Sqlite")]
public sealed class BeforeRoomsTests : IAsyncLifetime
{
    private readonly PortalFactory _portal = new();
    private JsonElement _facts;
    private HttpClient _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var fixture = typeof(BeforeRoomsTests).Assembly.GetManifestResourceStream("before-rooms.zip").ShouldNotBeNull();
        using var zip = new ZipArchive(fixture);
        await PlaceAsync(zip, "portal.db", _portal.DataDirectory);
        await PlaceAsync(zip, "root.key", _portal.KeyDirectory);
        await using (var facts = await zip.GetEntry("facts.json")!.OpenAsync(Ct))
        {
            _facts = (await JsonDocument.ParseAsync(facts, cancellationToken: Ct)).RootElement;
        }

        _portal.Clock.SetTo(_facts.GetProperty("now").GetDateTimeOffset().AddMinutes(1));
        await PortalFactory.StartAsync(_portal);
        _client = _portal.ClientOf(Fact("keys", "all"));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _portal.DisposeAsync();
    }

    [Theory]
    [InlineData("created", "Created")]
    [InlineData("declined", "Created")]
    [InlineData("authorized", "Authorized")]
    [InlineData("canceled", "Canceled")]
    [InlineData("closed", "Closed")]
    [InlineData("completed", "Completed")]
    [InlineData("cardExpired", "CardExpired")]
    [InlineData("expired", "Expired")]
    [InlineData("destroyed", "Closed")]
    public async Task A_token_is_what_it_was(string name, string status)
    {
        var token = (await _client.GetIntentAsync(Fact("tokens", name))).ShouldBeOk();

        token["status"].ShouldBe(status);
        token["reference"].ShouldBe($"Fixture {name}");
        token["description"].ShouldBe("Of the version before");
        token.At("metadata", "name").GetString().ShouldBe(name);
    }

    [Fact]
    public async Task A_sealed_card_opens_for_a_charge()
    {
        var payment = await _client.PreparedAsync(Fact("tokens", "authorized"));

        (await _client.ChargeAsync(payment)).ShouldBeCharged("Successful", "DEPOSITED");
        (await _client.GetIntentAsync(Fact("tokens", "authorized")))["status"].ShouldBe("Completed");
    }

    [Fact]
    public async Task Everything_that_is_stored_is_whole()
    {
        var check = await _portal.Services.GetRequiredService<IVaultCheck>().CheckAsync(sample: null, Ct);

        check.Faults.ShouldBeEmpty();
        check.Cards.ShouldBe(2);
        check.CheckedCards.ShouldBe(2);
    }

    [Fact]
    public async Task The_list_has_every_token_the_newest_first() => (await _client.ListAsync("?limit=100")).Ids().ShouldBe(
        _facts.GetProperty("tokens").EnumerateObject().Select(token => token.Value.GetString()!).Reverse());

    [Fact]
    public async Task A_charge_that_was_made_is_still_there() =>
        (await _client.GetPaymentAsync(Fact("payment")))["status"].ShouldBe("Captured");

    [Fact]
    public async Task Keys_are_taken_as_far_as_they_were()
    {
        var keys = _portal.Services.GetRequiredService<IApiKeyService>();

        (await keys.AuthenticateAsync(Fact("keys", "production"), Ct)).ShouldNotBeNull();
        (await keys.AuthenticateAsync(Fact("keys", "limited"), Ct)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            key => key.Scopes.ShouldBe(ApiKeyScopes.Read),
            key => key.AllowedNetworks.ShouldHaveSingleItem().ToString().ShouldBe("10.0.0.0/8"));
        (await keys.AuthenticateAsync(Fact("keys", "deleted"), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task The_owner_signs_in_with_password_and_authenticator()
    {
        using var owner = new APerson(_portal)
        {
            Email = Fact("owner", "email"),
            Password = Fact("owner", "password"),
            Seed = _facts.GetProperty("owner").GetProperty("seed").GetBytesFromBase64(),
        };

        await owner.SignInAsync();

        owner.IsSignedIn.ShouldBeTrue();
        (await owner.FindMemberAsync()).ShouldNotBeNull().ShouldSatisfyAllConditions(
            member => member.Name.ShouldBe(Fact("owner", "name")),
            member => member.Role.ShouldBe(MemberRole.Owner));
    }

    [Fact]
    public async Task The_audit_trail_goes_on_with_what_each_entry_is_about()
    {
        var entries = (await _portal.Services.GetRequiredService<IAuditStore>().ListAsync(_portal.SandboxKey.Key.Tenant.Account, subject: null, before: null, 100, Ct))
            .OrderBy(recorded => recorded.Id).Select(recorded => recorded.Entry).ToList();

        entries.Take(12).Select(entry => (entry.Action, entry.Topic)).ShouldBe(
        [
            ("api key created", AuditTopic.ApiKeys),
            ("owner link made", AuditTopic.Settings),
            ("api key created", AuditTopic.ApiKeys),
            ("api key created", AuditTopic.ApiKeys),
            ("owner link made", AuditTopic.Settings),
            ("member joined", AuditTopic.Members),
            ("signed in", AuditTopic.Members),
            ("signed out", AuditTopic.Members),
            ("signed in", AuditTopic.Members),
            ("api key created", AuditTopic.ApiKeys),
            ("api key created", AuditTopic.ApiKeys),
            ("api key deleted", AuditTopic.ApiKeys),
        ]);
        entries.Count.ShouldBe(14, "and the keys of this start");
    }

    private static async Task PlaceAsync(ZipArchive zip, string name, string directory)
    {
        var path = Path.Combine(Directory.CreateDirectory(directory).FullName, name);
        await zip.GetEntry(name)!.ExtractToFileAsync(path, Ct);
        if (!OperatingSystem.IsWindows())
        {
            // With the modes that the service sets: it refuses to start when others can read them.
            File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private string Fact(params IEnumerable<string> path) => path.Aggregate(_facts, (facts, name) => facts.GetProperty(name)).GetString()!;
}
