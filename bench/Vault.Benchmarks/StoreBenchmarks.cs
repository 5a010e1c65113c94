using BenchmarkDotNet.Attributes;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Vault.Benchmarks;

/// <summary>Tokens created by the vault's own service, without HTTP: several at once, each of which waits for the disk. The figures are for one token.</summary>
[MemoryDiagnoser]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "closed by its clean-up")]
public class StoreBenchmarks
{
    private const int Together = 256;
    private OpenVault _vault = null!;
    private SetupIntentRequest _request = null!;
    private ISetupIntentService _service = null!;
    private Caller _caller;

    [GlobalSetup]
    public void Open()
    {
        _vault = new OpenVault();
        _request = OpenVault.NewRequest();
        _service = _vault.Get<ISetupIntentService>();
        _caller = new Caller(_vault.Tenant, "key:1");
    }

    [GlobalCleanup]
    public void Close()
    {
        _request.Dispose();
        _vault.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Together)]
    public Task InsertTogether() => Task.WhenAll(Enumerable.Range(0, Together).Select(_ => Task.Run(InsertAlone)));

    [Benchmark]
    public Task InsertAlone() => _service.CreateAsync(_caller, _request, idempotencyKey: null);
}
