using System.Net;
using Dojo.Pci.Portal.Security;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// How often passwords and codes may be tried from one address: a password costs a tenth of a second of a processor, and
/// everybody's come through here.
/// </summary>
internal sealed class SignInLimits : IDisposable
{
    private const int AtOnce = 60;
    private const int PerSecond = 1;

    private readonly AddressLimiter _limiter = new(AtOnce, PerSecond);

    public bool TryTake(IPAddress? address) => _limiter.TryTake(address, out _);

    public void Dispose() => _limiter.Dispose();
}
