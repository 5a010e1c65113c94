using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Authorization;

public sealed class BadDaysTests : AcquirerTest
{
    private const int ConnectsAgain = 3001;
    private const int NotSent = 3002;
    private const int NoAnswer = 3003;
    private const int Refused = 3005;

    public static TheoryData<int> ActsAndDoesNotSaySo =>
    [
        (int)AcquirerBehaviour.DropAfterAccepting,
        (int)AcquirerBehaviour.Nonsense,
        (int)AcquirerBehaviour.ServerError,
        (int)AcquirerBehaviour.HugeAnswer,
        (int)AcquirerBehaviour.WrongTransactionId,
        (int)AcquirerBehaviour.NoAuthCode,
        (int)AcquirerBehaviour.TwoOutcomes,
        (int)AcquirerBehaviour.Redirect,
    ];

    [Theory]
    [MemberData(nameof(ActsAndDoesNotSaySo))]
    public async Task An_unclear_answer_is_cleared_up_by_asking_and_never_by_acting_again(int behaviour)
    {
        Acquirer.Program(Id, (AcquirerBehaviour)behaviour);

        (await ChargeAsync()).ShouldBe(Approved);

        Acquirer.TimesPosted(Id).ShouldBe(1);
        Acquirer.TimesActed(Id).ShouldBe(1);
        Acquirer.TimesAsked(Id).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(ActsAndDoesNotSaySo))]
    public async Task What_stays_unclear_is_unknown_until_it_can_be_asked(int behaviour)
    {
        Acquirer.Program(Id, (AcquirerBehaviour)behaviour, whenAsked: (AcquirerBehaviour)behaviour);

        (await AuthorizeAsync()).ShouldBe(Unknown);
        Acquirer.TimesAsked(Id).ShouldBe(1);
        (await AskAsync()).ShouldBe(Unknown);

        Acquirer.Program(Id, AcquirerBehaviour.Approve);
        (await AskAsync()).ShouldBe(Approved);
        Acquirer.TimesPosted(Id).ShouldBe(1);
        Acquirer.TimesActed(Id).ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_dropped_before_reading_is_unknown_at_first_and_not_attempted_once_asked()
    {
        Acquirer.Program(Id, AcquirerBehaviour.DropBeforeReading);

        (await ChargeAsync()).ShouldBe(Unknown);
        (await AskAsync()).ShouldBe(NotAttempted);

        Acquirer.TimesPosted(Id).ShouldBe(1);
        Acquirer.TimesActed(Id).ShouldBe(0);
    }

    [Fact]
    public async Task A_connection_kept_open_and_dropped_on_the_second_request_is_not_sent_again()
    {
        await Authorizer.AuthorizeAsync(Production, Card, "first", Ct);
        Acquirer.Program(Id, AcquirerBehaviour.DropAfterAccepting);

        (await ChargeAsync()).ShouldBe(Approved);

        Acquirer.TimesPosted(Id).ShouldBe(1);
        Acquirer.TimesActed(Id).ShouldBe(1);
    }

    [Fact]
    public async Task No_answer_in_time_is_unknown_and_leaves_no_time_to_ask()
    {
        Acquirer.Program(Id, AcquirerBehaviour.Delay);

        var charge = ChargeAsync();
        await Acquirer.HasReceived(Id);
        Clock.Advance(TimeSpan.FromSeconds(9));
        charge.IsCompleted.ShouldBeFalse();
        Clock.Advance(TimeSpan.FromSeconds(1));

        (await charge).ShouldBe(Unknown);
        Acquirer.TimesAsked(Id).ShouldBe(0);
        (await AskAsync()).ShouldBe(Approved);
        Acquirer.TimesActed(Id).ShouldBe(1);
    }

    [Fact]
    public async Task A_late_answer_within_the_time_counts()
    {
        Acquirer.Program(Id, AcquirerBehaviour.Delay);

        var charge = ChargeAsync();
        await Acquirer.HasReceived(Id);
        Clock.Advance(TimeSpan.FromSeconds(9));
        Acquirer.Release(Id);

        (await charge).ShouldBe(Approved);
    }

    [Fact]
    public async Task Attempt_and_question_share_one_budget()
    {
        Acquirer.Program(Id, AcquirerBehaviour.ServerError, whenAsked: AcquirerBehaviour.Delay);

        var charge = ChargeAsync();
        await Acquirer.HasBeenAsked(Id);
        Clock.Advance(TimeSpan.FromSeconds(10));

        (await charge).ShouldBe(Unknown);
    }

    [Fact]
    public async Task No_answer_to_a_question_in_time_is_unknown()
    {
        Acquirer.Program(Id, AcquirerBehaviour.Approve, whenAsked: AcquirerBehaviour.Delay);

        var asking = AskAsync();
        await Acquirer.HasBeenAsked(Id);
        Clock.Advance(TimeSpan.FromSeconds(10));

        (await asking).ShouldBe(Unknown);
    }

    [Fact]
    public async Task The_time_is_real_time_in_the_product()
    {
        var hasty = AuthorizerFor(Acquirer.Address, TimeProvider.System, options => options.Timeout = TimeSpan.FromSeconds(1));
        Acquirer.Program(Id, AcquirerBehaviour.Delay);

        (await hasty.ChargeAsync(Production, Card, 1, "GBP", Id, Ct)).ShouldBe(Unknown);
        Log.Ids.ShouldBe([NoAnswer]);
    }

    [Fact]
    public async Task An_acquirer_that_cannot_be_reached_has_not_been_asked()
    {
        var nobody = AuthorizerFor($"http://127.0.0.1:{AFreePort()}");

        (await nobody.ChargeAsync(Production, Card, 1, "GBP", Id, Ct)).ShouldBe(NotAttempted);
        Log.Ids.ShouldBe([ConnectsAgain, NotSent]);

        (await nobody.AskAsync(Production, Id, Ct)).ShouldBe(Unknown, "an earlier attempt may have reached it");
    }

    [Fact]
    public async Task A_connection_that_does_not_come_about_is_tried_twice()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var mute = AuthorizerFor($"https://{silent.LocalEndpoint}", configure: options => options.ConnectTimeout = TimeSpan.FromMilliseconds(100));

        (await mute.ChargeAsync(Production, Card, 1, "GBP", Id, Ct)).ShouldBe(NotAttempted);

        Log.Ids.ShouldBe([ConnectsAgain, NotSent]);
        using var first = await silent.AcceptSocketAsync(Ct);
        using var second = await silent.AcceptSocketAsync(Ct);
        silent.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task A_budget_that_runs_out_while_connecting_leaves_nothing_attempted()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var mute = AuthorizerFor($"https://{silent.LocalEndpoint}", configure: options => options.ConnectTimeout = TimeSpan.FromMinutes(1));

        var charge = mute.ChargeAsync(Production, Card, 1, "GBP", Id, Ct);
        using var connection = await silent.AcceptSocketAsync(Ct);
        Clock.Advance(TimeSpan.FromSeconds(10));

        (await charge).ShouldBe(NotAttempted);
        Log.Ids.ShouldBe([NotSent]);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_ends_it()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var impostor = await ReferenceAcquirer.StartAsync(certificate);
        var authorizer = AuthorizerFor(impostor.Address);

        (await authorizer.ChargeAsync(Production, Card, 1, "GBP", Id, Ct)).ShouldBe(NotAttempted);

        impostor.TimesPosted(Id).ShouldBe(0);
        Log.Lines.ShouldAllBe(line => line.Contains("SecureConnectionError", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_is_not_an_attempt()
    {
        Acquirer.Program(Id, AcquirerBehaviour.Refuse);

        (await ChargeAsync()).ShouldBe(NotAttempted);

        Acquirer.TimesActed(Id).ShouldBe(0);
        Acquirer.TimesPosted(Id).ShouldBe(1);
        Log.Ids.ShouldBe([Refused]);
    }

    [Fact]
    public async Task A_key_that_the_acquirer_does_not_know_is_a_refusal_of_attempts_and_no_answer_to_questions()
    {
        var stranger = AuthorizerFor(Acquirer.Address, configure: options => options.ApiKeyFile = AKeyFile("not-the-acquirers-key"));

        (await stranger.ChargeAsync(Production, Card, 1, "GBP", Id, Ct)).ShouldBe(NotAttempted);
        (await stranger.AskAsync(Production, Id, Ct)).ShouldBe(Unknown);
        Acquirer.TimesActed(Id).ShouldBe(0);
    }

    [Theory]
    [InlineData((int)AcquirerBehaviour.GatewayNotFound)]
    [InlineData((int)AcquirerBehaviour.Refuse)]
    [InlineData((int)AcquirerBehaviour.ServerError)]
    [InlineData((int)AcquirerBehaviour.Nonsense)]
    public async Task Only_the_acquirers_own_words_prove_that_nothing_happened(int whenAsked)
    {
        Acquirer.Program(Id, AcquirerBehaviour.DropAfterAccepting, (AcquirerBehaviour)whenAsked);

        (await ChargeAsync()).ShouldBe(Unknown);
        (await AskAsync()).ShouldBe(Unknown);
    }

    [Fact]
    public async Task A_caller_who_has_left_before_sends_nothing()
    {
        var gone = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(() => Authorizer.ChargeAsync(Production, Card, 1, "GBP", Id, gone));
        await Should.ThrowAsync<OperationCanceledException>(() => Authorizer.AskAsync(Production, Id, gone));

        Acquirer.TimesPosted(Id).ShouldBe(0);
    }

    [Fact]
    public async Task A_caller_who_leaves_while_it_is_on_its_way_still_learns_that_it_is_unknown()
    {
        Acquirer.Program(Id, AcquirerBehaviour.Delay);
        using var caller = new CancellationTokenSource();

        var charge = Authorizer.ChargeAsync(Production, Card, 1, "GBP", Id, caller.Token);
        await Acquirer.HasReceived(Id);
        await caller.CancelAsync();

        (await charge).ShouldBe(Unknown);
    }

    private static int AFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
