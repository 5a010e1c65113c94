using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Notices;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>Notices that a test sets.</summary>
internal sealed class FakeNotices : IMemberNotices
{
    public IReadOnlyList<MemberNotice> Items { get; set; } = [];

    public Task<Result<MemberNoticeList>> ListAsync(SignedInMember who, Tenant tenant, CancellationToken ct) => Task.FromResult<Result<MemberNoticeList>>(new MemberNoticeList(Items));

    public Task<Result<MemberNoticeList>> DismissAsync(SignedInMember who, Tenant tenant, IReadOnlyCollection<string> ids) => SetAsync(ids, isDismissed: true);

    public Task<Result<MemberNoticeList>> RestoreAsync(SignedInMember who, Tenant tenant, IReadOnlyCollection<string> ids) => SetAsync(ids, isDismissed: false);

    private Task<Result<MemberNoticeList>> SetAsync(IReadOnlyCollection<string> ids, bool isDismissed)
    {
        Items = [.. Items.Select(notice => ids.Contains(notice.Id, StringComparer.Ordinal) ? notice with { IsDismissed = isDismissed } : notice)];
        return Task.FromResult<Result<MemberNoticeList>>(new MemberNoticeList(Items));
    }
}
