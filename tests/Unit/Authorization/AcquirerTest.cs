using System.Text;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.Pages;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Cards;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tests.Unit.Authorization;

/// <summary>A production tenant, a reference acquirer, and the connector between them, whose clock stands still.</summary>
public abstract class AcquirerTest : IAsyncLifetime
{
    /// <summary>A number in the range of published test numbers that no other test uses.</summary>
    internal const string CardText = "4242424242471326";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("acquirer-");
    private readonly List<IDisposable> _owned = [];

    private protected static readonly Tenant Production = new(new AccountId(1), new LocationId(1), TenantEnvironment.Production);
    private protected static readonly Tenant Sandbox = Production with { Environment = TenantEnvironment.Sandbox };

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected SteppedClock Clock { get; } = new();

    private protected CapturedLog<AcquirerConnector> Log { get; } = new();

    private protected CardDetails Card { get; } = ACard(CardText);

    private protected string Id { get; } = Guid.NewGuid().ToString();

    private protected ReferenceAcquirer Acquirer { get; private set; } = null!;

    private protected ICardAuthorizer Authorizer { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Acquirer = await ReferenceAcquirer.StartAsync();
        Authorizer = AuthorizerFor(Acquirer.Address);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _owned.ForEach(owned => owned.Dispose());
        Card.Dispose();
        await Acquirer.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private protected static CardDetails ACard(string digits) =>
        CardNumber.TryCreate(Encoding.ASCII.GetBytes(digits), out var number)
            ? new CardDetails(number, new CardExpiry(2029, 12))
            : throw new ArgumentException("No card number.", nameof(digits));

    private protected ICardAuthorizer AuthorizerFor(string address, TimeProvider? clock = null, Action<AcquirerOptions>? configure = null)
    {
        var options = new AcquirerOptions { Address = address, ApiKeyFile = AKeyFile(ReferenceAcquirer.ApiKey) };
        configure?.Invoke(options);
        var connector = new AcquirerConnector(Options.Create(options), clock ?? Clock, Log);
        _owned.Add(connector);
        return new CardAuthorizer(new SandboxIssuer(new NoFaults()), connector, new NoIssuer());
    }

    /// <summary>Creates an acquirer for payments in more than one step.</summary>
    private protected IPaymentAcquirer PaymentAcquirerFor(string address, TimeProvider? clock = null)
    {
        var connector = new AcquirerConnector(
            Options.Create(new AcquirerOptions { Address = address, ApiKeyFile = AKeyFile(ReferenceAcquirer.ApiKey) }), clock ?? Clock, Log);
        _owned.Add(connector);
        return new CardAuthorizer(new SandboxIssuer(new NoFaults()), connector, new NoIssuer());
    }

    private protected string ADirectory(string name)
    {
        var path = Path.Combine(_directory.FullName, name);
        PrivateFiles.CreateDirectory(path);
        return path;
    }

    private protected string AKeyFile(string text, UnixFileMode mode = UnixFileMode.UserRead)
    {
        var path = Path.Combine(_directory.FullName, Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, text + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        return path;
    }

    private protected Task<AuthorizationOutcome> AuthorizeAsync() => Authorizer.AuthorizeAsync(Production, Card, Id, Ct);

    private protected Task<AuthorizationOutcome> ChargeAsync(long amount = 1999) => Authorizer.ChargeAsync(Production, Card, amount, "GBP", Id, Ct);

    private protected Task<AuthorizationOutcome> AskAsync() => Authorizer.AskAsync(Production, Id, Ct);

    private protected AuthorizationOutcome Approved => new AuthorizationOutcome.Approved(Id, ReferenceAcquirer.AuthCode);

    private protected AuthorizationOutcome Declined => new AuthorizationOutcome.Declined(Id);

    private protected AuthorizationOutcome Unknown => new AuthorizationOutcome.Unknown(Id);

    private protected static AuthorizationOutcome NotAttempted => new AuthorizationOutcome.NotAttempted();
}
