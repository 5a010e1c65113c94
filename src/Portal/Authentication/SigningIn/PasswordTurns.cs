using System.Net;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Fairness;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// Limits how many passwords are hashed at the same time, because each takes a tenth of a second of processor time. Addresses take turns: one
/// that sends many waits behind its own requests, and does not keep others waiting.
/// </summary>
internal sealed class PasswordTurns
{
    // A caller behind this many would wait for seconds, and so would all later ones.
    private const int Places = 20;

    private readonly FairShares<IPAddress> _places = new(Places);
    private readonly FairTurns<IPAddress> _turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    // Flows with the request from Enter to each hash that it needs.
    private readonly AsyncLocal<IPAddress?> _network = new();

    /// <summary>
    /// Takes a place for all hashes of a request; disposing the result gives it back. To be called before anything else is done, so that a request
    /// that cannot be served costs its member none of the tries.
    /// </summary>
    /// <exception cref="UnavailableException">Too many requests wait.</exception>
    public IDisposable Enter(IPAddress? address)
    {
        var network = AddressLimiter.NetworkOf(address);
        if (!_places.TryEnter(network))
        {
            throw new UnavailableException("Too many people are signing in at the moment.");
        }

        _network.Value = network;
        return new Place(_places, network);
    }

    /// <summary>Does the work when its turn comes.</summary>
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
