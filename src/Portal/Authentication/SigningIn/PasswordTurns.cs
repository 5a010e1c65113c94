using System.Net;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Fairness;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// Lets few passwords be hashed at once, because each takes a tenth of a second of a processor, and addresses take turns: one that sends
/// many waits behind its own, and keeps nobody else waiting.
/// </summary>
internal sealed class PasswordTurns
{
    // A caller who came behind these would wait for seconds, and so would everyone after.
    private const int Places = 20;

    private readonly FairShares<IPAddress> _places = new(Places);
    private readonly FairTurns<IPAddress> _turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    // Travels with the request from Enter to each hash that it needs.
    private readonly AsyncLocal<IPAddress?> _network = new();

    /// <summary>
    /// Takes a place for all that a request hashes, to be given back by disposing. To be called before anything else is done, so that a request that cannot be
    /// served costs its member none of the tries.
    /// </summary>
    /// <exception cref="UnavailableException">Too many wait.</exception>
    public IDisposable Enter(IPAddress? address)
    {
        var network = AddressLimiter.NetworkOf(address);
        if (!_places.TryEnter(network))
        {
            throw new UnavailableException("Too many are signing in at this moment.");
        }

        _network.Value = network;
        return new Place(_places, network);
    }

    /// <summary>Does the work once it is its turn.</summary>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken ct)
    {
        await _turns.WaitAsync(_network.Value ?? IPAddress.None, ct);
        try
        {
            return await Task.Run(work, ct);
        }
        finally
        {
            _turns.Release();
        }
    }

    private sealed class Place(FairShares<IPAddress> places, IPAddress network) : IDisposable
    {
        public void Dispose() => places.Leave(network);
    }
}
