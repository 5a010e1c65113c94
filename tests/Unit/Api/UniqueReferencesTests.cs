using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class UniqueReferencesTests : IAsyncLifetime
{
    private readonly PortalFactory _portal = new();

    public ValueTask InitializeAsync() => _portal.InitializeAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Unless_asked_for_a_reference_may_repeat()
    {
        var first = (await _portal.TokenizeAsync(new ACard())).ShouldBeOk();

        (await _portal.TokenizeAsync(new ACard())).ShouldBeOk()["id"].ShouldNotBe(first["id"], StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_location_that_wants_them_unique_takes_each_reference_once()
    {
        await _portal.WantUniqueReferencesAsync(true);
        (await _portal.TokenizeAsync(new ACard())).ShouldBeOk();

        var second = await _portal.TokenizeAsync(new ACard());

        second.ShouldBeProblem(409);
        (await _portal.TokenizeAsync(new ACard { Reference = "booking 4711" })).ShouldBeOk();
        (await _portal.CountSetupIntentsAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task References_from_before_count_too()
    {
        (await _portal.TokenizeAsync(new ACard())).ShouldBeOk();

        await _portal.WantUniqueReferencesAsync(true);

        (await _portal.TokenizeAsync(new ACard())).ShouldBeProblem(409);
        await _portal.WantUniqueReferencesAsync(false);
        (await _portal.TokenizeAsync(new ACard())).ShouldBeOk();
    }

    [Fact]
    public async Task The_environments_and_other_locations_have_references_of_their_own()
    {
        await _portal.WantUniqueReferencesAsync(true);
        (await _portal.TokenizeAsync(ACard.None)).ShouldBeOk();
        using var production = _portal.ProductionClient();
        using var other = _portal.ClientOf((await _portal.CreateKeyAsync(location: await _portal.CreateLocationAsync())).Secret);

        (await production.TokenizeAsync(ACard.None.ToJson())).ShouldBeOk();
        (await other.TokenizeAsync(ACard.None.ToJson())).ShouldBeOk();
        (await other.TokenizeAsync(ACard.None.ToJson())).ShouldBeOk();
    }

    [Fact]
    public async Task Of_32_at_once_exactly_one_gets_the_reference()
    {
        await _portal.WantUniqueReferencesAsync(true);
        using var client = _portal.SandboxClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => client.TokenizeAsync(new ACard().ToJson())));

        answers.Count(answer => (int)answer.Status == 200).ShouldBe(1);
        answers.Count(answer => (int)answer.Status == 409).ShouldBe(31);
        (await _portal.CountSetupIntentsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Repeating_a_request_under_its_idempotency_key_is_not_a_second_use_of_its_reference()
    {
        await _portal.WantUniqueReferencesAsync(true);
        var first = await _portal.TokenizeAsync(new ACard(), ("idempotencyKey", "one"));

        (await _portal.TokenizeAsync(new ACard(), ("idempotencyKey", "one"))).ShouldBeOk().Body.ShouldBe(first.Body);
        (await _portal.TokenizeAsync(new ACard(), ("idempotencyKey", "two"))).ShouldBeProblem(409);
    }

    [Fact]
    public async Task A_request_whose_reference_is_taken_leaves_its_idempotency_key_free_at_once()
    {
        await _portal.WantUniqueReferencesAsync(true);
        (await _portal.TokenizeAsync(new ACard())).ShouldBeOk();
        (await _portal.TokenizeAsync(new ACard(), ("idempotencyKey", "one"))).ShouldBeProblem(409)["detail"].ShouldContain("same reference");

        (await _portal.TokenizeAsync(new ACard { Reference = "Another" }, ("idempotencyKey", "one"))).ShouldBeOk()["reference"].ShouldBe("Another");
    }
}
