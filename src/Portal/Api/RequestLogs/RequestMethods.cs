namespace Dojo.Pci.Portal.Api.RequestLogs;

/// <summary>The methods of HTTP, for records: a client may make up any name.</summary>
internal static class RequestMethods
{
    /// <summary>Stands for a method that HTTP does not know, as OpenTelemetry has it.</summary>
    public const string Other = "_OTHER";

    private static readonly string[] s_methods =
    [
        HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Head, HttpMethods.Options,
        HttpMethods.Trace, HttpMethods.Connect,
    ];

    /// <summary>The method that was sent, in our own text, or <see cref="Other"/>.</summary>
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
