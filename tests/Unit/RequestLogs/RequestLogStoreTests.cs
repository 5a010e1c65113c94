using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.RequestLogs;

public sealed class RequestLogStoreTests : IAsyncDisposable
{
    private readonly RequestLogDatabase _database = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task An_entry_comes_back_as_it_was_recorded()
    {
        var entry = Samples.Entry with
        {
            Refusal = "CardNumber,Reference",
            Problem = new RequestLogProblem(null, [new FieldError("CardNumber", "The card number must pass the check."), new FieldError("Reference", "It must not be empty.")]),
            TokenId = "si_sandbox_RjEyVjWVn1-4qYICIsggkQ",
            PaymentId = "pi_sandbox_RjEyVjWVn1-4qYICIsggkQ",
            Body = Samples.Body("Booking 4711"),
        };
        await _database.Store.InsertAsync([entry]);

        var stored = await SingleAsync(Samples.Tenant);

        stored.Body!.Json.ShouldBe(entry.Body.Json);
        stored.Problem!.Errors.ShouldBe(entry.Problem.Errors);
        (stored with { Id = null, Body = entry.Body, Problem = entry.Problem }).ShouldBe(entry);
    }

    [Fact]
    public async Task What_an_entry_does_not_have_is_not_made_up()
    {
        var entry = Samples.Entry with { Key = null, Version = null, ClientAddress = null };
        await _database.Store.InsertAsync([entry]);

        (await SingleAsync(Samples.Tenant) with { Id = null }).ShouldBe(entry);
    }

    [Fact]
    public async Task A_tenant_sees_only_its_own_entries()
    {
        Tenant[] others =
        [
            Samples.Tenant with { Account = new AccountId(9) },
            Samples.Tenant with { Location = new LocationId(9) },
            Samples.Tenant with { Environment = TenantEnvironment.Production },
        ];
        await _database.Store.InsertAsync([.. others.Select(other => Samples.Entry with { Tenant = other }), Samples.Entry]);

        var own = await SingleAsync(Samples.Tenant);
        own.Tenant.ShouldBe(Samples.Tenant);
        foreach (var other in others)
        {
            (await SingleAsync(other)).Tenant.ShouldBe(other);
            (await _database.Search.FindAsync(other, own.Id!.Value, Ct)).ShouldBeNull();
            (await _database.Search.ListKindsAsync(other, Ct)).Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task An_entry_of_nobody_is_not_stored()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => _database.Store.InsertAsync([Samples.Entry, Samples.Entry with { Tenant = null }]));

        (await _database.Search.SearchAsync(Samples.Tenant, new(), after: null, limit: 10, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_secret_in_a_sentence_of_ours_would_not_be_stored()
    {
        await _database.Store.InsertAsync([Samples.Entry with { Problem = new RequestLogProblem($"Not {Samples.CardNumber}.", [new FieldError("Reference", $"Not {Samples.CardNumber}.")]) }]);

        var problem = (await SingleAsync(Samples.Tenant)).Problem!;

        problem.Detail.ShouldBe(RequestLogScrubber.Replacement);
        problem.Errors.ShouldHaveSingleItem().Message.ShouldBe(RequestLogScrubber.Replacement);
    }

    private async Task<RequestLogEntry> SingleAsync(Tenant tenant)
    {
        var found = (await _database.Search.SearchAsync(tenant, new(), after: null, limit: 10, Ct)).ShouldHaveSingleItem();
        return (await _database.Search.FindAsync(tenant, found.Id!.Value, Ct)).ShouldNotBeNull();
    }
}
