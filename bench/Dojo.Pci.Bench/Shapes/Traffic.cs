using System.Security.Cryptography;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Bench.Servers;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Bench.Shapes;

/// <summary>The traffic of the published figures: spread over 20 locations, with fresh references and 32,768 card numbers.</summary>
internal static class Traffic
{
    private const int Cards = 32_768;
    private const int LettersOfRun = 8;
    private static readonly CardNumbers s_cards = new(Cards, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));

    // All of the same length, and all approved: the length of the body is then constant.
    private static readonly byte[][] s_testCards =
    [
        .. TestCards.All.Where(card => card.Number.Length == CardNumbers.Length && card.Outcome == TestCardOutcome.Approves)
            .Select(card => System.Text.Encoding.ASCII.GetBytes(card.Number)),
    ];

    /// <summary>Tokenizations in production: every card is sealed, and none is authorized.</summary>
    public static PostRequests Spread(ServerProcess server) => Spread(server.Keys.Production);

    /// <summary>The same for the keys of any server.</summary>
    public static PostRequests Spread(IReadOnlyList<string> keys) =>
        PostRequests.ToTokenize(keys, request => s_cards[request], NewRun());

    /// <summary>Tokenizations in the sandbox, each authorized by its issuer: one event more, and the published test cards.</summary>
    public static PostRequests Sandbox(ServerProcess server) =>
        PostRequests.ToTokenize(server.Keys.Sandbox, request => s_testCards[request % s_testCards.Length], NewRun());

    /// <summary>The same for one location.</summary>
    public static PostRequests SandboxOfOne(string key) =>
        PostRequests.ToTokenize([key], request => s_testCards[request % s_testCards.Length], NewRun());

    /// <summary>The same number of bytes for the echo server.</summary>
    public static PostRequests Echo() => PostRequests.ToEcho(NewRun());

    /// <summary>Random letters for the prefix of references, different from those of earlier traffic.</summary>
    public static string NewRun() => RandomNumberGenerator.GetString("bcdfghjklmnpqrstvwxz", LettersOfRun);
}
