using System.Diagnostics.CodeAnalysis;
using Dojo.Pci.Bench.Servers;

/// <summary>What the runtime calls in a process that has this assembly among its startup hooks. It looks for this name, outside of any namespace.</summary>
[SuppressMessage("Design", "MA0047", Justification = "The runtime looks for it outside of any namespace.")]
internal static class StartupHook
{
    public static void Initialize() => ServerProbe.Start();
}
