using System.Net;
using System.Text;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.RequestLogs;

/// <summary>Log entries, and the requests that their bodies come from.</summary>
internal static class Samples
{
    public const string CardNumber = "5200000000001005";

    public static readonly DateTimeOffset Start = new(2026, 11, 22, 9, 30, 0, TimeSpan.Zero);

    public static readonly Tenant Tenant = new(new AccountId(1), new LocationId(2), TenantEnvironment.Sandbox);

    public static RequestLogEntry Entry { get; } = new()
    {
        Tenant = Tenant,
        Key = new ApiKeyId(3),
        At = Start,
        Method = "POST",
        Route = "/setup-intents",
        Status = 200,
        Duration = TimeSpan.FromMicroseconds(1234),
        Version = "2025-09-10",
        TraceId = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
        ClientAddress = IPAddress.Parse("192.0.2.7"),
    };

    public static RequestLogBody Body(string reference, string? description = null, params (string Key, string Value)[] metadata)
    {
        using var validator = new SetupIntentValidator(TestCardRule.Required);
        validator.CardNumber(Encoding.UTF8.GetBytes(CardNumber));
        validator.ExpiryDate("12/29"u8);
        validator.Reference(Encoding.UTF8.GetBytes(reference));
        if (description is not null)
        {
            validator.Description(Encoding.UTF8.GetBytes(description));
        }

        foreach (var (key, value) in metadata)
        {
            validator.MetadataEntry(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value));
        }

        using var request = validator.Validate().Value!;
        return RequestLogBody.Of(request)!;
    }
}
