using System.Globalization;
using System.Runtime.InteropServices;

namespace Dojo.Pci.Bench.Servers;

/// <summary>
/// The part of this program that the runtime's startup hook runs inside a measured server. It answers, over standard input and output, questions that
/// only the process itself can answer, and stops the server when its input ends, so that no server outlives the process that started it.
/// </summary>
internal static class ServerProbe
{
    /// <summary>The variable that makes the runtime load an assembly and call its <see cref="StartupHook"/> before the program's own code.</summary>
    public const string Variable = "DOTNET_STARTUP_HOOKS";

    /// <summary>The question for the number of bytes that managed code has allocated since the start.</summary>
    public const string AskAllocated = "allocated";

    // Marks the lines that answer a question; all others are the server's log.
    private const string Mark = "bench:";
    private const int Terminate = 15;

    /// <summary>Starts answering.</summary>
    public static void Start() => new Thread(Answer) { IsBackground = true, Name = "bench" }.Start();

    /// <summary>Parses an answer from a line of the server's output.</summary>
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

        // As an operating system would stop it.
        if (OperatingSystem.IsWindows() || SendSignal(Environment.ProcessId, Terminate) != 0)
        {
            Environment.Exit(1);
        }
    }

    // .NET can kill a process but cannot ask it to stop. The arguments are plain ints, so no marshalling code is needed.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}
