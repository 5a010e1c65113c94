using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Fairness;

namespace Dojo.Pci.Portal.Exports;

/// <summary>
/// Bounds how many exports run at a time, each of which reads all tokens of a place: for one member, who needs no more than a person does, and for all
/// accounts, of which each has its part.
/// </summary>
internal sealed class ExportSlots
{
    /// <summary>How many run at a time for one member.</summary>
    public const int PerMember = 2;

    /// <summary>How many run at a time for one account, and together where no account has less than its part.</summary>
    public const int Places = 16;

    private readonly FairShares<MemberId> _members = new(int.MaxValue, each: PerMember);
    private readonly FairShares<AccountId> _accounts = new(Places);

    /// <summary>Begins an export, to be disposed of once at its end; null when as many are running as may.</summary>
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
