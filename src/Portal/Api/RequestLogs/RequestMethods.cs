namespace Dojo.Pci.Portal.Api.RequestLogs;

/// <summary>The HTTP methods by which requests are recorded: a client may send any other name.</summary>
internal static class RequestMethods
{
    /// <summary>Stands for a method that HTTP does not define, as in OpenTelemetry.</summary>
    public const string Other = "_OTHER";

    private static readonly string[] s_methods =
    [
        HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Head, HttpMethods.Options,
        HttpMethods.Trace, HttpMethods.Connect,
    ];

    /// <summary>Returns our own constant for the method that was sent, or <see cref="Other"/>.</summary>
    public static string Known(string sent)
    {
        foreach (var method in s_methods)
        {
            if (HttpMethods.Equals(method, sent))
            {
                return method;
            }
        }

        return Other;
    }
}
