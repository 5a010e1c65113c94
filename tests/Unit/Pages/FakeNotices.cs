using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Alarms;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>Notices as a test wants them.</summary>
internal sealed class FakeNotices : INotices
{
    public IReadOnlyList<Notice> Items { get; set; } = [];

    public Task<Result<NoticeList>> ListAsync(SignedInMember who, Tenant tenant, CancellationToken ct) => Task.FromResult<Result<NoticeList>>(new NoticeList(Items));
}
