using System.Security.Cryptography;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>The traffic that is published: spread over 20 locations, with fresh references and 32,768 card numbers.</summary>
internal static class Traffic
{
    private const int Cards = 32_768;
    private const int LettersOfRun = 8;
    private static readonly CardNumbers s_cards = new(Cards, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));

    // All as long, and all approved: a body is sent without counting its bytes anew.
    private static readonly byte[][] s_testCards =
    [
        .. TestCards.All.Where(card => card.Number.Length == CardNumbers.Length && card.Outcome == TestCardOutcome.Approves)
            .Select(card => System.Text.Encoding.ASCII.GetBytes(card.Number)),
    ];

    /// <summary>Tokenizations in production: every card is sealed, and nobody authorizes it.</summary>
    public static PostRequests Spread(ServerProcess server) => Spread(server.Keys.Production);

    /// <summary>The same for a server that was not started for it.</summary>
    public static PostRequests Spread(IReadOnlyList<string> keys) =>
        PostRequests.ToTokenize(keys, request => s_cards[request], NewRun());

    /// <summary>Tokenizations in the sandbox, each authorized by its issuer: one event more, and the published test cards.</summary>
    public static PostRequests Sandbox(ServerProcess server) =>
        PostRequests.ToTokenize(server.Keys.Sandbox, request => s_testCards[request % s_testCards.Length], NewRun());

    /// <summary>The same of one location alone.</summary>
    public static PostRequests SandboxOfOne(string key) =>
        PostRequests.ToTokenize([key], request => s_testCards[request % s_testCards.Length], NewRun());

    /// <summary>As many bytes for the echo.</summary>
    public static PostRequests Echo() => PostRequests.ToEcho(NewRun());

    /// <summary>Letters that no earlier traffic has begun its references with.</summary>
    public static string NewRun() => RandomNumberGenerator.GetString("bcdfghjklmnpqrstvwxz", LettersOfRun);
}
