using System.Text.Json;
using System.Text.Json.Serialization;
using Dojo.Pci.Portal.Api.Customers;
using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Health;
using Dojo.Pci.Portal.Api.PaymentIntents;
using Dojo.Pci.Portal.Api.Sandbox;
using Dojo.Pci.Portal.Api.SetupIntents;
using Dojo.Pci.Portal.Api.Webhooks;

namespace Dojo.Pci.Portal.Api.Json;

/// <summary>Serializes the API's answers: generated code, camelCase, nulls left out (DESIGN D1).</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(SetupIntentResponse))]
[JsonSerializable(typeof(SetupIntentFullResponse))]
[JsonSerializable(typeof(SetupIntentListResponse))]
[JsonSerializable(typeof(SetupIntentBatchResponse))]
[JsonSerializable(typeof(PaymentIntentResponse))]
[JsonSerializable(typeof(PaymentIntentListResponse))]
[JsonSerializable(typeof(PublicPaymentIntentResponse))]
[JsonSerializable(typeof(ReceiptResponse[]))]
[JsonSerializable(typeof(PaymentDetailsResponse))]
[JsonSerializable(typeof(FlatPaymentDetailsResponse))]
[JsonSerializable(typeof(ChargeResponse))]
[JsonSerializable(typeof(CaptureResponse))]
[JsonSerializable(typeof(ReversalResponse))]
[JsonSerializable(typeof(RefundResponse))]
[JsonSerializable(typeof(CustomerResponse))]
[JsonSerializable(typeof(CustomerResponse[]))]
[JsonSerializable(typeof(CustomerListResponse))]
[JsonSerializable(typeof(CustomerSecretResponse))]
[JsonSerializable(typeof(CustomerCardsResponse))]
[JsonSerializable(typeof(SandboxClockResponse))]
[JsonSerializable(typeof(SandboxFaultsResponse))]
[JsonSerializable(typeof(SandboxSeedResponse))]
[JsonSerializable(typeof(ThrowawaySandboxResponse))]
[JsonSerializable(typeof(ThrowawaySandboxResponse[]))]
[JsonSerializable(typeof(WebhookEventsResponse[]))]
[JsonSerializable(typeof(WebhookResponse[]))]
[JsonSerializable(typeof(WebhookSecretsResponse))]
[JsonSerializable(typeof(WebhookBatchResponse))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(HealthResponse))]
internal sealed partial class ApiJson : JsonSerializerContext;
