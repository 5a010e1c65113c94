using System.Text.Json.Serialization;
using Dojo.Pci.Portal;

namespace Dojo.Pci.Bench.Servers;

/// <summary>The echoed body, with as many members as a tokenization.</summary>
internal sealed record EchoBody(
    string CardNumber, string ExpiryDate, string Reference, string Description, IReadOnlyDictionary<string, string> Metadata, string MerchantInitiatedTransactionType,
    EchoAmount IntendedAmount);

/// <summary>An amount in the body.</summary>
internal sealed record EchoAmount(long Value, string CurrencyCode);

/// <summary>
/// The baseline of the comparisons: the same bare web server, which reads JSON and writes it back. It has no validation, cards, storage or log. Its
/// requests contain a placeholder instead of a card number (<see cref="Load.PostRequests.ToEcho"/>).
/// </summary>
internal static class EchoServer
{
    public static WebApplication Build(IEnumerable<string> settings)
    {
        var builder = WebApplication.CreateSlimBuilder([.. settings, PortalBuilder.WithoutWatching]);
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, EchoJson.Default));
        var app = builder.Build();
        app.MapPost("/echo", Echo);
        return app;
    }

    private static EchoBody Echo(EchoBody body) => body;
}

/// <summary>The JSON of the echo.</summary>
[JsonSerializable(typeof(EchoBody))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class EchoJson : JsonSerializerContext;
