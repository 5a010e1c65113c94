using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.SetupIntents;

/// <summary>Random lifecycles, run through the service. A seed identifies each, so that it can be repeated.</summary>
public sealed class WalksOfLifeTests
{
    private static readonly Dictionary<string, string[]> s_ways = new(StringComparer.Ordinal)
    {
        ["Created"] = ["Expired", "CardExpired", "Canceled"],
        ["Authorized"] = ["Closed", "CardExpired"],
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Every_change_of_status_is_in_the_table_and_has_exactly_one_event(int seed)
    {
        await using var vault = await AVault.OpenAsync();
        var random = new Random(seed);
        var ends = new List<string>();
        for (var life = 0; life < 12; life++)
        {
            var intent = await BeginAsync(vault, random);
            for (var step = 0; step < 12; step++)
            {
                await StepAsync(vault, random, intent.Id);
            }

            var ledger = vault.Ledger.StatusesOf(vault.RecordIdOf(intent.Id));
            ledger[0].Status.ShouldBe(intent.Status.ToString());
            ShouldBeInTheTable(ledger);
            ShouldBeTold(ledger, vault.Ledger.EventsOf(vault.RecordIdOf(intent.Id)));
            vault.Ledger.DestructionsOf(vault.RecordIdOf(intent.Id)).ShouldBeLessThanOrEqualTo(1);
            ends.Add(ledger[^1].Status);
        }

        ends.Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThanOrEqualTo(3, $"else these walks lead nowhere: {string.Join(' ', ends)}");
    }

    [Theory]
    [InlineData(SetupIntentEventType.Canceled, "4456530000001013", false)]
    [InlineData(SetupIntentEventType.Canceled, null, false)]
    [InlineData(SetupIntentEventType.Closed, VaultSamples.Visa, true)]
    public async Task Where_the_event_of_a_deletion_cannot_be_written_nothing_is_changed(SetupIntentEventType type, string? card, bool includeAuthorized)
    {
        await using var vault = await AVault.OpenAsync();
        var intent = await vault.CreateAsync(card);
        var recordId = vault.RecordIdOf(intent.Id);
        var (events, kept) = (vault.Ledger.EventsOf(recordId), vault.Ledger.CardOf(recordId));
        vault.Ledger.RefuseEvents(type);

        await Should.ThrowAsync<Exception>(() => vault.DeleteAsync(intent.Id, includeAuthorized));

        (await vault.StoredStatusAsync(intent.Id)).ShouldBe(intent.Status);
        vault.Ledger.StatusesOf(recordId).Count.ShouldBe(1);
        vault.Ledger.EventsOf(recordId).ShouldBe(events);
        vault.Ledger.CardOf(recordId).ShouldBe(kept);
    }

    [Theory]
    [InlineData(SetupIntentEventType.Expired, null)]
    [InlineData(SetupIntentEventType.CardExpired, VaultSamples.Visa)]
    public async Task Where_the_event_of_an_expiry_cannot_be_written_nothing_is_changed(SetupIntentEventType type, string? card)
    {
        await using var vault = await AVault.OpenAsync();
        var intent = await vault.CreateAsync(card, expiry: "06/26");
        vault.Ledger.RefuseEvents(type);
        vault.Clock.Advance(TimeSpan.FromDays(40));

        await Should.ThrowAsync<Exception>(() => vault.GetAsync(intent.Id));

        (await vault.StoredStatusAsync(intent.Id)).ShouldBe(intent.Status);
        vault.Ledger.StatusesOf(vault.RecordIdOf(intent.Id)).Count.ShouldBe(1);
    }

    private static async Task<SetupIntent> BeginAsync(AVault vault, Random random)
    {
        var now = vault.Clock.GetUtcNow() + (await vault.SandboxClock.AdvanceAsync(vault.Tenant, TimeSpan.Zero)).Value!.Ahead;
        var expiry = now.AddMonths(random.Next(-1, 4)).ToString("MM'/'yy");
        DateTimeOffset? expireAt = random.Next(2) == 0 ? null : now.AddDays(random.Next(1, 60));
        return random.Next(3) switch
        {
            0 => await vault.CreateAsync(card: null, expireAt: expireAt),
            1 => await vault.CreateAsync("4456530000001013", expiry, expireAt),
            _ => await vault.CreateAsync(VaultSamples.Visa, expiry, expireAt),
        };
    }

    private static async Task StepAsync(AVault vault, Random random, string id)
    {
        switch (random.Next(10))
        {
            case 0:
                await vault.DeleteAsync(id);
                break;
            case 1:
                await vault.DeleteAsync(id, includeAuthorized: true);
                break;
            case 2 or 3:
                vault.Clock.Advance(TimeSpan.FromHours(random.Next(24 * 40)));
                break;
            case 4:
                await vault.SandboxClock.AdvanceAsync(vault.Tenant, TimeSpan.FromHours(random.Next(24 * 20)));
                break;
            case 5:
                await vault.ListAsync();
                break;
            case 6:
                await vault.KeepHouseAsync();
                break;
            case 7:
                await vault.Intents.RenewClientSecretAsync(vault.Tenant, id);
                break;
            case 8:
                (await vault.Intents.GetPublicAsync(id, TestContext.Current.CancellationToken)).IsSuccess.ShouldBeTrue();
                break;
            default:
                await vault.GetAsync(id);
                break;
        }
    }

    private static void ShouldBeInTheTable(IReadOnlyList<SeenStatus> ledger)
    {
        ledger[0].Status.ShouldBeOneOf("Created", "Authorized", "CardExpired");
        foreach (var (from, to) in ledger.Zip(ledger.Skip(1)))
        {
            s_ways.GetValueOrDefault(from.Status, []).Contains(to.Status, StringComparer.Ordinal).ShouldBeTrue($"{to.Status} after {from.Status}");
            to.At.ShouldBeGreaterThanOrEqualTo(from.At);
        }
    }

    private static void ShouldBeTold(IReadOnlyList<SeenStatus> ledger, IReadOnlyList<SetupIntentEvent> events)
    {
        string[] statuses = Enum.GetNames<SetupIntentStatus>();
        events[0].Type.ShouldBe(SetupIntentEventType.Created);
        var told = events.Where(entry => statuses.Contains(entry.Type.ToString(), StringComparer.Ordinal)).ToList();

        // A setup intent that was authorized during its creation was never stored as Created, but its history starts there.
        var seen = ledger[0].Status == "Created" ? ledger : [ledger[0] with { Status = "Created" }, .. ledger];
        string.Join(' ', told.Select(entry => entry.Type)).ShouldBe(string.Join(' ', seen.Select(status => status.Status)));
        told.Skip(told.Count - ledger.Count).Where(entry => entry.Type != SetupIntentEventType.Created).Select(entry => entry.At)
            .ShouldBe([.. ledger.Where(status => status.Status != "Created").Select(status => status.At)]);
        events.ShouldAllBe(entry => entry.Cause.Length > 0);
        told.ShouldAllBe(entry => entry.Actor == ActorOf(entry.Type));
    }

    private static string ActorOf(SetupIntentEventType type) => type switch
    {
        SetupIntentEventType.Expired or SetupIntentEventType.CardExpired => "vault",
        SetupIntentEventType.Authorized => "issuer",
        _ => "key:7",
    };
}
