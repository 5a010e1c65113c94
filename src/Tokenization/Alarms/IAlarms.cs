using System.Net;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Alarms;

/// <summary>Something that goes on and that people should know of: card testing, guessing of API keys.</summary>
public sealed record Alarm
{
    /// <summary>Whose trail it is recorded in.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The location and environment whose pages show it; null for every page of the account.</summary>
    public Tenant? Tenant { get; init; }

    /// <summary>The API key that it is about; null when it is about none, or about all of the location.</summary>
    public ApiKeyId? Key { get; init; }

    /// <summary>Who does it, as the trail says it: <c>key:12</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>What was refused.</summary>
    public required AuditAction Action { get; init; }

    /// <summary>What it was refused to, as the trail says it: <c>key:12</c>, <c>location:3</c>, <c>address</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>Which rule refused it; one sentence for people, without secrets.</summary>
    public required string Detail { get; init; }

    /// <summary>From where; null where that is not known.</summary>
    public IPAddress? Address { get; init; }
}

/// <summary>Takes what people should know of.</summary>
public interface IAlarms
{
    /// <summary>The same alarm after so long is a new episode.</summary>
    static readonly TimeSpan Apart = TimeSpan.FromHours(1);

    /// <summary>Notes an alarm. One that goes on is counted, and recorded in the audit trail once for each episode.</summary>
    /// <returns>Whether an episode has begun.</returns>
    Task<bool> RaiseAsync(Alarm alarm);
}
