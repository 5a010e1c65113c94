using System.Text;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Vault.Benchmarks;

/// <summary>A vault in a temporary directory with one location, for the benchmarks.</summary>
internal sealed class OpenVault : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dojo-pci-benchmarks-");

    public OpenVault()
    {
        _services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddLogging()
            .AddTokenization()
            .Configure<VaultOptions>(options => options.KeyDirectory = Path.Combine(_directory.FullName, "keys"))
            .Configure<StorageOptions>(options => options.DataDirectory = Path.Combine(_directory.FullName, "data"))
            .BuildServiceProvider();
        Get<FileRootKeyProvider>().CreateIfMissing();
        Get<IVault>().OpenAsync(VaultUse.Serving, CancellationToken.None).GetAwaiter().GetResult();
        var location = Get<IAccountStore>().CreateAsync("Account", "Location", CancellationToken.None).GetAwaiter().GetResult();
        Tenant = new Tenant(location.Account, location.Id, TenantEnvironment.Production);
    }

    public Tenant Tenant { get; }

    /// <summary>A card number with a valid check digit that no scheme publishes for testing.</summary>
    public static byte[] Digits { get; } = Encoding.ASCII.GetBytes("4000123456789017");

    public static CardDetails NewCard() =>
        CardNumber.TryCreate(Digits, out var number) ? new CardDetails(number, new CardExpiry(2030, 12)) : throw new InvalidOperationException("The digits are no card number.");

    /// <summary>A request as the API would have validated it.</summary>
    public static SetupIntentRequest NewRequest()
    {
        using var judge = new SetupIntentValidator(TestCardRule.Refused);
        judge.CardNumber(Digits);
        judge.ExpiryDate("12/30"u8);
        judge.Reference("Booking 4711"u8);
        judge.Metadata();
        judge.MetadataEntry("channel"u8, "web"u8);
        return judge.Validate().Value ?? throw new InvalidOperationException("The request breaks a rule.");
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public void Dispose()
    {
        _services.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _directory.Delete(recursive: true);
    }
}
