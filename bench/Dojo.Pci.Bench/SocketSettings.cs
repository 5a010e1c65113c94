namespace Dojo.Pci.Bench;

/// <summary>How this process waits for sockets. For the load alone: a server is measured with its own settings.</summary>
internal static class SocketSettings
{
    // Lets the thread that waits for sockets do the work of the load: half the processor time a request.
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    // How many such threads there are.
    private const string Threads = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";

    /// <summary>Sets them. To be called before the first socket is used: that is when the runtime reads them.</summary>
    public static void Apply()
    {
        Environment.SetEnvironmentVariable(InlineCompletions, "1");
        Environment.SetEnvironmentVariable(Threads, "1");
    }

    /// <summary>Takes them out of the environment of a process that is to be started.</summary>
    public static void Remove(IDictionary<string, string?> environment)
    {
        environment.Remove(InlineCompletions);
        environment.Remove(Threads);
    }
}
