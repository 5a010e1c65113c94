using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Figures;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>Figures as a test wants them.</summary>
internal sealed class FakeFigures : IApiFigures, ITokenFigures
{
    public ApiFigures Api { get; set; } = new([], null, null);

    public Task<Result<TokenFigures>> Tokens { get; set; } = new TaskCompletionSource<Result<TokenFigures>>().Task;

    public FirstSteps Steps { get; set; } = new(HasKey: true, HasCalled: true, HasToken: true);

    public IReadOnlyList<ExpiringKey> Keys { get; set; } = [];

    public int KeysAsked { get; private set; }

    public Task<Result<ApiFigures>> ReadAsync(SignedInMember who, Tenant tenant, int hours, CancellationToken ct) => Task.FromResult<Result<ApiFigures>>(Api);

    public Task<Result<FirstSteps>> ReadFirstStepsAsync(SignedInMember who, Tenant tenant, CancellationToken ct) => Task.FromResult<Result<FirstSteps>>(Steps);

    public Task<Result<ExpiringKeys>> ListExpiringKeysAsync(SignedInMember who, Tenant tenant, CancellationToken ct)
    {
        KeysAsked++;
        return Task.FromResult<Result<ExpiringKeys>>(new ExpiringKeys(Keys));
    }

    public Task<Result<TokenFigures>> GetAsync(SignedInMember who, Tenant tenant, CancellationToken ct) => Tokens;
}
