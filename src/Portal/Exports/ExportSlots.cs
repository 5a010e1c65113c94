using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Exports;

/// <summary>Keeps a member from running more exports at a time than a person needs: each reads all tokens of a place.</summary>
internal sealed class ExportSlots
{
    /// <summary>How many run at a time for one member.</summary>
    public const int PerMember = 2;

    private readonly Lock _lock = new();
    private readonly Dictionary<MemberId, int> _running = [];

    /// <summary>Begins an export, to be disposed of once at its end; null when as many are running as may.</summary>
    public IDisposable? TryTake(MemberId member)
    {
        lock (_lock)
        {
            var running = _running.GetValueOrDefault(member);
            if (running == PerMember)
            {
                return null;
            }

            _running[member] = running + 1;
            return new Slot(this, member);
        }
    }

    private void Return(MemberId member)
    {
        lock (_lock)
        {
            if (--_running[member] == 0)
            {
                _running.Remove(member);
            }
        }
    }

    private sealed class Slot(ExportSlots slots, MemberId member) : IDisposable
    {
        public void Dispose() => slots.Return(member);
    }
}
