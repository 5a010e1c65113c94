using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Fairness;

namespace Dojo.Pci.Portal.Exports;

/// <summary>
/// Limits how many exports run at the same time, because each may read a whole list. There is a limit for each member, and one that all accounts
/// share.
/// </summary>
internal sealed class ExportSlots
{
    /// <summary>How many exports may run at the same time for one member.</summary>
    public const int PerMember = 2;

    /// <summary>The number of places that all accounts share (<see cref="FairShares{T}"/>); one account alone may use all of them.</summary>
    public const int Places = 16;

    private readonly FairShares<MemberId> _members = new(int.MaxValue, each: PerMember);
    private readonly FairShares<AccountId> _accounts = new(Places);

    /// <summary>Takes a place for an export; disposing the result, once, gives it back. Null if there is no place.</summary>
    public IDisposable? TryTake(MemberId member, AccountId account)
    {
        if (!_members.TryEnter(member))
        {
            return null;
        }

        if (_accounts.TryEnter(account))
        {
            return new Slot(this, member, account);
        }

        _members.Leave(member);
        return null;
    }

    private sealed class Slot(ExportSlots slots, MemberId member, AccountId account) : IDisposable
    {
        public void Dispose()
        {
            slots._accounts.Leave(account);
            slots._members.Leave(member);
        }
    }
}
