namespace Dojo.Pci.Bench;

/// <summary>The socket settings of this process. They apply to the load only: a server is measured with its own settings.</summary>
internal static class SocketSettings
{
    // Runs the load's work on the thread that polls the sockets: half the processor time per request.
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    // The number of such threads.
    private const string Threads = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";

    /// <summary>Applies the settings. Call this before the first socket is used, which is when the runtime reads them.</summary>
    public static void Apply()
    {
        Environment.SetEnvironmentVariable(InlineCompletions, "1");
        Environment.SetEnvironmentVariable(Threads, "1");
    }

    /// <summary>Removes the settings from the environment of a process to be started.</summary>
    public static void Remove(IDictionary<string, string?> environment)
    {
        environment.Remove(InlineCompletions);
        environment.Remove(Threads);
    }
}
