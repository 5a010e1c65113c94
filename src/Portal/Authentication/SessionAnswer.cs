using System.Text.Json.Serialization;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>What a page is told of the session that it belongs to.</summary>
/// <param name="SecondsLeft">How long it lives if nothing is done.</param>
/// <param name="WarnWithin">With so many seconds left, the member is warned.</param>
/// <param name="CanBeExtended">Whether input extends it; false once its absolute limit comes first.</param>
internal sealed record SessionAnswer(int SecondsLeft, int WarnWithin, bool CanBeExtended);

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SessionAnswer))]
internal sealed partial class SessionJson : JsonSerializerContext;
