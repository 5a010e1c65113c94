using System.Globalization;
using System.Runtime.InteropServices;

namespace Dojo.Pci.Bench.Servers;

/// <summary>
/// What runs of this program inside a server that is measured, by the runtime's startup hook: it answers, over standard input and output, what can
/// only be known inside, and has the server stop when its input ends, so that none outlives who started it.
/// </summary>
internal static class ServerProbe
{
    /// <summary>The variable that has the runtime load an assembly, and call its <see cref="StartupHook"/>, before a program's own.</summary>
    public const string Variable = "DOTNET_STARTUP_HOOKS";

    /// <summary>Asks how many bytes managed code has allocated since the start.</summary>
    public const string AskAllocated = "allocated";

    // Begins the lines that are meant for who asked; the rest is what the server logs.
    private const string Mark = "bench:";
    private const int Terminate = 15;

    /// <summary>Starts to answer.</summary>
    public static void Start() => new Thread(Answer) { IsBackground = true, Name = "bench" }.Start();

    /// <summary>Reads an answer out of what a server prints.</summary>
    public static bool TryRead(string line, out long allocatedBytes)
    {
        allocatedBytes = 0;
        return line.StartsWith(Mark, StringComparison.Ordinal) && long.TryParse(line.AsSpan(Mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out allocatedBytes);
    }

    private static void Answer()
    {
        while (Console.In.ReadLine() is { } line)
        {
            if (line == AskAllocated)
            {
                Console.Out.WriteLine($"{Mark}{GC.GetTotalAllocatedBytes(precise: false)}");
            }
        }

        // As an operating system would ask it to.
        if (OperatingSystem.IsWindows() || SendSignal(Environment.ProcessId, Terminate) != 0)
        {
            Environment.Exit(1);
        }
    }

    // .NET can end a process but not ask it to stop. Plain ints in and out: no marshalling code is needed.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}
