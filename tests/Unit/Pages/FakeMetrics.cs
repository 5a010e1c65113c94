using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Metrics;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>Metrics that a test sets.</summary>
internal sealed class FakeMetrics : IApiMetrics, ITokenMetrics, IMemberPreferences
{
    public ApiMetrics Api { get; set; } = new([], null, null);

    public Task<Result<TokenMetrics>> Tokens { get; set; } = new TaskCompletionSource<Result<TokenMetrics>>().Task;

    public FirstSteps Steps { get; set; } = new(HasKey: true, HasToken: true, HasWebhook: true);

    public IReadOnlyList<ExpiringKey> Keys { get; set; } = [];

    public TimeZoneInfo? AskedZone { get; private set; }

    public bool Dismissed { get; private set; }

    public int KeysAsked { get; private set; }

    public ApiMetrics Before { get; set; } = new([], null, null);

    public Task<Result<ApiMetrics>> ReadAsync(SignedInMember who, Tenant tenant, int hours, CancellationToken ct, int ago = 0) => Task.FromResult<Result<ApiMetrics>>(ago == 0 ? Api : Before);

    public Task<Result<FirstSteps>> ReadFirstStepsAsync(SignedInMember who, Tenant tenant, CancellationToken ct) => Task.FromResult<Result<FirstSteps>>(Steps);

    public Task<Result<ExpiringKeys>> ListExpiringKeysAsync(SignedInMember who, Tenant tenant, CancellationToken ct)
    {
        KeysAsked++;
        return Task.FromResult<Result<ExpiringKeys>>(new ExpiringKeys(Keys));
    }

    public Task<Result<TokenMetrics>> GetAsync(SignedInMember who, Tenant tenant, TimeZoneInfo zone, CancellationToken ct)
    {
        AskedZone = zone;
        return Tokens;
    }

    public Task<MemberPreferences> GetAsync(SignedInMember who, CancellationToken ct) => Task.FromResult(new MemberPreferences(null, Dismissed));

    public Task<Result<MemberPreferences>> ChooseTimeZoneAsync(SignedInMember who, string? timeZone) => throw new NotSupportedException();

    public Task<MemberPreferences> DismissFirstStepsAsync(SignedInMember who)
    {
        Dismissed = true;
        return GetAsync(who, CancellationToken.None);
    }

    public Task<MemberPreferences> ShowFirstStepsAsync(SignedInMember who) => throw new NotSupportedException();

    public Task<ListLayout> GetLayoutAsync(SignedInMember who, MemberList list, CancellationToken ct) => throw new NotSupportedException();

    public Task<Result<ListLayout>> ChooseLayoutAsync(SignedInMember who, MemberList list, ListLayout layout) => throw new NotSupportedException();
}
