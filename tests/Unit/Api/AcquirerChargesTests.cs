using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>The answers that callers with production keys get when the acquirer fails. The full set of cases is in tests/Unit/PaymentIntents.</summary>
public sealed class AcquirerChargesTests : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dojo-pci-acquirer-");
    private ReferenceAcquirer _acquirer = null!;
    private PortalFactory _portal = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var keyFile = Path.Combine(_directory.FullName, "acquirer.key");
        await File.WriteAllTextAsync(keyFile, ReferenceAcquirer.ApiKey, TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(keyFile, UnixFileMode.UserRead);
        }

        _acquirer = await ReferenceAcquirer.StartAsync();
        _portal = await PortalFactory.StartAsync(new PortalFactory
        {
            EnvironmentName = "Development", // which allows an acquirer on loopback without TLS
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Acquirer:Address"] = _acquirer.Address,
                ["Acquirer:ApiKeyFile"] = keyFile,
                ["Housekeeping:Interval"] = "1.00:00:00", // unknown outcomes stay unknown until a test asks
            },
        });
        _client = _portal.ProductionClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _portal.DisposeAsync();
        await _acquirer.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task An_approved_card_is_charged_by_the_acquirer_once()
    {
        var token = await TokenAsync();
        var id = await _client.PreparedAsync(token);
        id.ShouldStartWith("pi_prod_");

        (await _client.ChargeAsync(id)).ShouldBeCharged("Successful", "DEPOSITED");

        _acquirer.TimesCharged.ShouldBe(1);
        (await _client.GetTokenAsync(token))["status"].ShouldBe("Completed");
    }

    [Fact]
    public async Task A_declined_charge_is_an_answer_and_may_be_tried_again()
    {
        var id = await _client.PreparedAsync(await TokenAsync());
        _acquirer.Default = AcquirerBehaviour.Decline;
        (await _client.ChargeAsync(id)).ShouldBeCharged("Declined", "DECLINED");
        (await _client.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe("Created");

        _acquirer.Default = AcquirerBehaviour.Approve;
        (await _client.ChargeAsync(id)).ShouldBeCharged("Successful", "DEPOSITED");
    }

    [Fact]
    public async Task A_refused_request_is_a_failed_charge()
    {
        var id = await _client.PreparedAsync(await TokenAsync());
        _acquirer.Default = AcquirerBehaviour.Refuse;

        (await _client.ChargeAsync(id)).ShouldBeCharged("Failed", "NOT ATTEMPTED");
        (await _client.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe("Created");
    }

    [Fact]
    public async Task A_lost_answer_is_a_504_until_a_later_call_finds_it_out()
    {
        var token = await TokenAsync();
        var id = await _client.PreparedAsync(token);
        (_acquirer.Default, _acquirer.DefaultWhenAsked) = (AcquirerBehaviour.DropAfterAccepting, AcquirerBehaviour.ServerError);

        (await _client.ChargeAsync(id)).ShouldBeProblem(504)["detail"].ShouldContain("Nothing is charged twice");
        (await _client.GetPaymentAsync(id)).ShouldBeOk()["status"].ShouldBe("Created");
        (await _client.DeletePaymentAsync(id)).ShouldBeProblem(400);
        (await _client.DeleteTokenAsync(token)).ShouldBeProblem(400);
        (await _client.ChargeAsync(id)).ShouldBeProblem(504);

        _acquirer.DefaultWhenAsked = null;
        (await _client.ChargeAsync(id)).ShouldBeCharged("Successful", "DEPOSITED");
        (await _client.ChargeAsync(id)).ShouldBeProblem(400);
        _acquirer.TimesCharged.ShouldBe(1);
    }

    [Fact]
    public async Task While_the_acquirer_is_asked_others_hear_a_conflict_and_the_token_is_not_deleted()
    {
        var token = await TokenAsync();
        var (id, other) = (await _client.PreparedAsync(token), await _client.PreparedAsync(token));
        _acquirer.Default = AcquirerBehaviour.Delay;
        var charge = _client.ChargeAsync(id);
        var transaction = await _acquirer.FirstTo("charges");

        (await _client.ChargeAsync(id)).ShouldBeProblem(409);
        (await _client.ChargeAsync(other)).ShouldBeProblem(409);
        (await _client.DeleteTokenAsync(token)).ShouldBeProblem(400)["detail"].ShouldContain("being charged");

        _acquirer.Release(transaction);
        (await charge).ShouldBeCharged("Successful", "DEPOSITED");
        _acquirer.TimesCharged.ShouldBe(1);
    }

    [Fact]
    public async Task Of_16_charges_of_two_payment_intents_of_one_token_the_acquirer_hears_of_one()
    {
        var token = await TokenAsync();
        string[] ids = [await _client.PreparedAsync(token), await _client.PreparedAsync(token)];

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(call => _client.ChargeAsync(ids[call % 2])));

        answers.Where(answer => (int)answer.Status == 200).ShouldHaveSingleItem().ShouldBeCharged("Successful", "DEPOSITED");
        answers.Where(answer => (int)answer.Status != 200).ShouldAllBe(answer => (int)answer.Status == 400 || (int)answer.Status == 409);
        _acquirer.TimesCharged.ShouldBe(1);
    }

    private Task<string> TokenAsync() => _client.TokenOfAsync(new ACard { Number = VaultSamples.Unlisted });
}
