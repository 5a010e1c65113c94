using System.Diagnostics.CodeAnalysis;
using Dojo.Pci.Bench.Servers;

/// <summary>The runtime calls this class in a process that has this assembly among its startup hooks. It expects this name, outside any namespace.</summary>
[SuppressMessage("Design", "MA0047", Justification = "The runtime looks for it outside of any namespace.")]
internal static class StartupHook
{
    public static void Initialize() => ServerProbe.Start();
}
