using System.Text.Json.Serialization;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>The state of a session, for its page.</summary>
/// <param name="SecondsLeft">The seconds until it ends without further input.</param>
/// <param name="WarnWithin">The remaining seconds at which the member is warned.</param>
/// <param name="CanBeExtended">Whether input extends it; false once its absolute limit comes first.</param>
internal sealed record SessionAnswer(int SecondsLeft, int WarnWithin, bool CanBeExtended);

/// <summary>Serializes a <see cref="SessionAnswer"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SessionAnswer))]
internal sealed partial class SessionJson : JsonSerializerContext;
