using System.Net;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Nodes;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// Limits how often passwords and codes may be tried from one address: a password costs a tenth of a second of processor time, and
/// all members' attempts pass through here.
/// </summary>
internal sealed class SignInLimits(IOptions<MemberOptions> options, INodes nodes) : IDisposable
{
    private readonly AddressLimiter _limiter = new(Buckets.PerMinute(options.Value.TriesPerMinutePerAddress));

    public bool TryTake(IPAddress? address) => _limiter.TryTake(address, nodes.Count, out _);

    public void Dispose() => _limiter.Dispose();
}
