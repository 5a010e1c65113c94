using System.Text.Json.Nodes;

namespace Dojo.Pci.Portal.Docs.Samples;

/// <summary>How a sample gets the secret that it sends.</summary>
/// <param name="Literal">The secret, or a placeholder; null if the sample reads it from an environment variable.</param>
/// <param name="Hint">Which secret it is, in words, such as: "Checkout", which ends in x3Fq.</param>
public sealed record SampleKey(string? Literal = null, string? Hint = null)
{
    /// <summary>The placeholder for an API key where no environment variable can be read: in a browser.</summary>
    public const string Placeholder = "sk_sandbox_your_key";

    /// <summary>A secret of a customer, which the customer's devices send.</summary>
    public static SampleKey OfCustomer { get; } = new() { Variable = "CUSTOMER_SECRET", Meaning = "holds a secret of the customer", StandIn = "cs_sandbox_the_secret" };

    /// <summary>The environment variable that holds the secret.</summary>
    public string Variable { get; private init; } = "DOJO_API_KEY";

    /// <summary>What the variable holds, in words that follow its name.</summary>
    public string Meaning { get; private init; } = "holds your secret key";

    /// <summary>The placeholder for the secret where no environment variable can be read.</summary>
    public string StandIn { get; private init; } = Placeholder;
}

/// <summary>A request that samples make, in any language.</summary>
/// <param name="Method">The HTTP method, in upper case.</param>
/// <param name="Address">The whole address.</param>
/// <param name="Headers">The headers, except the one with the key.</param>
/// <param name="Key">How the sample gets the key; null if none is needed.</param>
/// <param name="Body">The JSON body; null for none.</param>
public sealed record SampleRequest(string Method, Uri Address, IReadOnlyList<(string Name, string Value)> Headers, SampleKey? Key, JsonNode? Body)
{
    /// <summary>Creates the request of an operation, with the examples of its description.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="baseAddress">The address of the service.</param>
    /// <param name="version">The version to name.</param>
    /// <param name="key">How the sample gets the key, if one is needed.</param>
    /// <param name="values">Values of parameters that replace their examples, by name; optional parameters are sent only if they are given here.</param>
    /// <param name="body">The body that replaces the first example; null for the example.</param>
    public static SampleRequest Of(
        ApiOperation operation, string baseAddress, string version, SampleKey key, IReadOnlyDictionary<string, string>? values = null, JsonNode? body = null)
    {
        var path = operation.Path;
        List<string> query = [];
        List<(string Name, string Value)> headers = [];
        foreach (var parameter in operation.Parameters)
        {
            var given = values?.GetValueOrDefault(parameter.Name);
            var value = parameter is { In: "header", Name: "version" } ? version : given ?? parameter.Example;
            switch (parameter.In)
            {
                case "path":
                    path = path.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
                    break;
                case "query" when parameter.IsRequired || given is not null:
                    query.Add($"{parameter.Name}={Uri.EscapeDataString(value)}");
                    break;
                case "header" when parameter.IsRequired || given is not null:
                    headers.Add((parameter.Name, value));
                    break;
                default:
                    break;
            }
        }

        body ??= operation.BodyExample;
        if (body is not null)
        {
            headers.Add(("content-type", "application/json"));
        }
        else if (operation.Path == PortalUrls.TestCards)
        {
            headers.Add(("accept", "application/json")); // the same address also has a page
        }

        var address = $"{baseAddress.TrimEnd('/')}{path}{(query.Count > 0 ? "?" : "")}{string.Join('&', query)}";
        return new SampleRequest(operation.Method, new Uri(address), headers, operation.NeedsKey ? operation.TakesCustomerSecret ? SampleKey.OfCustomer : key : null, body);
    }
}
