using BenchmarkDotNet.Attributes;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Crypto;

namespace Dojo.Pci.Vault.Benchmarks;

/// <summary>The vault's operations on a card, without storing it.</summary>
[MemoryDiagnoser]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "closed by its clean-up")]
public class CardBenchmarks
{
    private const long RecordId = 1L << 60;
    private static readonly byte[] s_text = "Deposit for a table of four on Saturday evening, booking 4711-0815, from 18:30"u8.ToArray();
    private OpenVault _vault = null!;
    private CardDetails _card = null!;
    private CardCipher _cipher = null!;
    private CardFingerprinter _fingerprinter = null!;
    private IdentifierCipher _identifiers = null!;
    private byte[] _record = [];
    private string _identifier = "";

    [GlobalSetup]
    public void Open()
    {
        _vault = new OpenVault();
        _card = OpenVault.NewCard();
        (_cipher, _fingerprinter, _identifiers) = (_vault.Get<CardCipher>(), _vault.Get<CardFingerprinter>(), _vault.Get<IdentifierCipher>());
        _record = _cipher.SealAsync(_card, _vault.Tenant, RecordId, CancellationToken.None).AsTask().GetAwaiter().GetResult(); // the tool does not await set-ups
        _identifier = _identifiers.Encode(_vault.Tenant.Environment, IdentifierKind.SetupIntent, RecordId);
    }

    [GlobalCleanup]
    public void Close()
    {
        _card.Dispose();
        _vault.Dispose();
    }

    [Benchmark]
    public ValueTask<byte[]> Seal() => _cipher.SealAsync(_card, _vault.Tenant, RecordId, CancellationToken.None);

    [Benchmark]
    public async Task Unseal() => (await _cipher.OpenForAuthorizationAsync(_record, _vault.Tenant, RecordId, CancellationToken.None)).Dispose();

    [Benchmark]
    public byte[] Fingerprint() => _fingerprinter.Of(_card.Number, _vault.Tenant);

    [Benchmark]
    public string EncodeId() => _identifiers.Encode(_vault.Tenant.Environment, IdentifierKind.SetupIntent, RecordId);

    [Benchmark]
    public long? DecodeId() => _identifiers.Decode(_vault.Tenant.Environment, IdentifierKind.SetupIntent, _identifier);

    [Benchmark]
    public bool CheckDigit() => Luhn.IsValid(OpenVault.Digits);

    [Benchmark]
    public bool FindCardNumberInText() => CardNumberDetector.ContainsCardNumber(s_text);

    [Benchmark]
    public void JudgeRequest() => OpenVault.NewRequest().Dispose();
}
