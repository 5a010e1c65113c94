using Dojo.Pci.Tests.Clients;

// Takes a token through its life with each generated client. The environment provides the input: KEY is a sandbox key with every scope, RECEIVER an
// address that events may be sent to.
var key = Environment.GetEnvironmentVariable("KEY")!;
var receiver = Environment.GetEnvironmentVariable("RECEIVER")!;

await KiotaJourney.RunAsync(key, $"{receiver}/kiota");
await NSwagJourney.RunAsync(key, $"{receiver}/nswag");
