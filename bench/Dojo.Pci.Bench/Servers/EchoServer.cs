using System.Text.Json.Serialization;
using Dojo.Pci.Portal;

namespace Dojo.Pci.Bench.Servers;

/// <summary>The body that is echoed: as many members as a tokenization has.</summary>
internal sealed record EchoBody(
    string CardNumber, string ExpiryDate, string Reference, string Description, IReadOnlyDictionary<string, string> Metadata, string MerchantInitiatedTransactionType,
    EchoAmount IntendedAmount);

/// <summary>An amount in it.</summary>
internal sealed record EchoAmount(long Value, string CurrencyCode);

/// <summary>
/// What everything is compared with: the same web server with nothing around it, which reads JSON and writes it back. No validation, no card,
/// no storage, no log. What stands in place of a card number in its requests is none (<see cref="Load.PostRequests.ToEcho"/>).
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
