using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>Setup intents found without their id: pages, and due ones.</summary>
public sealed class ListingSetupIntentsStoreTests : SetupIntentStoreTest
{
    [Fact]
    public async Task What_is_due_is_listed_from_its_instant_on_for_its_tenant_alone()
    {
        var due = At.AddDays(1);
        await Store.InsertAsync(AnIntent(1) with { DueAt = due.AddMicroseconds(1) }, Created, null);
        await Store.InsertAsync(AnIntent(2) with { DueAt = due }, Created, null);
        await Store.InsertAsync(AnIntent(3), Created, null);
        await Store.InsertAsync(AnIntent(4) with { DueAt = due, Tenant = Stranger }, Created, null);

        (await DueAsync(due.AddMicroseconds(-1))).ShouldBeEmpty();
        (await DueAsync(due)).ShouldBe([2]);
        (await DueAsync(due.AddDays(1))).ShouldBe([2, 1]);
        (await DueAsync(due.AddDays(1), limit: 1)).ShouldBe([2]);
    }

    [Fact]
    public async Task What_is_being_charged_is_not_due_and_holds_nothing_else_up()
    {
        var due = At.AddDays(1);
        await Store.InsertAsync(AnAuthorized(1) with { DueAt = due }, Created, null);
        await Store.InsertAsync(AnAuthorized(2) with { DueAt = due.AddSeconds(1) }, Created, null);
        await BeginChargingAsync(1);

        (await DueAsync(due.AddDays(1), limit: 1)).ShouldBe([2]);
    }

    [Fact]
    public async Task A_page_is_newest_first_next_to_its_cursor_and_of_one_tenant()
    {
        foreach (var id in Enumerable.Range(1, 6))
        {
            await Store.InsertAsync(AnIntent(id) with { Tenant = id == 4 ? Stranger : Tenant }, Created, null);
        }

        (await PageAsync(new(2, null, null, new()))).ShouldBe([6, 5]);
        (await PageAsync(new(2, OlderThan: 5, null, new()))).ShouldBe([3, 2]);
        (await PageAsync(new(2, null, NewerThan: 1, new()))).ShouldBe([3, 2]);
        (await PageAsync(new(9, null, NewerThan: 6, new()))).ShouldBeEmpty();
        (await PageAsync(new(9, OlderThan: 1, null, new()))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_keeps_to_every_part_of_its_filter()
    {
        await Store.InsertAsync(AnIntent(1), Created, null);
        await Store.InsertAsync(AnIntent(2) with { Reference = "other", CreatedAt = At.AddDays(1) }, Created, null);
        await Store.InsertAsync(AnAuthorized(3) with { Reference = "other", CreatedAt = At.AddDays(2) }, Created, null);

        (await PageAsync(new(9, null, null, new(SetupIntentStatus.Created)))).ShouldBe([2, 1]);
        (await PageAsync(new(9, null, null, new(Reference: "other")))).ShouldBe([3, 2]);
        (await PageAsync(new(9, null, null, new(Reference: "ÖTHER")))).ShouldBe([3, 2]);
        (await PageAsync(new(9, null, null, new(Reference: "othe")))).ShouldBeEmpty();
        (await PageAsync(new(9, null, null, new(CreatedFrom: At.AddDays(1))))).ShouldBe([3, 2]);
        (await PageAsync(new(9, null, null, new(CreatedTo: At.AddDays(1))))).ShouldBe([1]);
        (await PageAsync(new(9, null, null, new(SetupIntentStatus.Created, "other", At, At.AddDays(9))))).ShouldBe([2]);
    }

    private async Task<IEnumerable<long>> DueAsync(DateTimeOffset now, int limit = 10) =>
        (await Store.ListDueAsync(Tenant, now, limit, Ct)).Select(intent => intent.RecordId);

    private async Task<IEnumerable<long>> PageAsync(SetupIntentPage page) => (await Store.ListAsync(Tenant, page, Ct)).Select(intent => intent.RecordId);
}
