using System.Text.Json.Serialization;

namespace Dojo.Pci.Portal.Cli.Bench.Servers;

/// <summary>What a server that was started for a measurement says once it listens.</summary>
/// <param name="Address">Where.</param>
/// <param name="ProductionKeys">An API key for production of each location; empty where none were asked for.</param>
/// <param name="SandboxKeys">The same for the sandbox.</param>
internal sealed record ServerReady(string Address, IReadOnlyList<string> ProductionKeys, IReadOnlyList<string> SandboxKeys);

/// <summary>What a server has used up since its start.</summary>
/// <param name="CpuMicroseconds">Processor time.</param>
/// <param name="AllocatedBytes">Bytes allocated by managed code.</param>
/// <param name="Collections">Garbage collections of any generation.</param>
/// <param name="PauseMilliseconds">How long they held everything up.</param>
/// <param name="WorkingSetBytes">Memory that it holds now.</param>
/// <param name="LogsStored">Entries of the request log that were stored.</param>
/// <param name="LogsDropped">Entries of the request log that were lost.</param>
/// <param name="WalBytes">How large the write-ahead log is.</param>
internal sealed record ServerUsage(
    double CpuMicroseconds, long AllocatedBytes, int Collections, double PauseMilliseconds, long WorkingSetBytes, long LogsStored, long LogsDropped, long WalBytes);

/// <summary>How the two speak: a line each, over the server's standard input and output.</summary>
[JsonSerializable(typeof(ServerReady))]
[JsonSerializable(typeof(ServerUsage))]
[JsonSerializable(typeof(EchoBody))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ServerJson : JsonSerializerContext
{
    /// <summary>Begins the lines of a server that are meant for who started it; the rest is what it logs.</summary>
    public const string Mark = "bench:";

    /// <summary>Asks for <see cref="ServerUsage"/>.</summary>
    public const string AskUsage = "usage";
}
