namespace Dojo.Pci.Bench.Crash;

/// <summary>A token that the service must keep, because its caller has received the answer.</summary>
/// <param name="Token">The token.</param>
/// <param name="Request">The number of the request, from which its location follows.</param>
/// <param name="HasIdempotencyKey">Whether it was created under an idempotency key, so that the same request must return it again.</param>
internal readonly record struct Acknowledged(string Token, long Request, bool HasIdempotencyKey);
