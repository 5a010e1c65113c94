namespace Dojo.Pci.Bench.Crash;

/// <summary>A token that a service has promised to keep: its caller has the answer.</summary>
/// <param name="Token">The token.</param>
/// <param name="Request">The number of the request, from which its location follows.</param>
/// <param name="HasIdempotencyKey">Whether it was made under a key, so that the same request must find it again.</param>
internal readonly record struct Acknowledged(string Token, long Request, bool HasIdempotencyKey);
