using System.Net;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tokenization.Alarms;

/// <summary>An ongoing event that members should know of, such as card testing or the guessing of API keys.</summary>
public sealed record Alarm
{
    /// <summary>The account in whose audit trail it is recorded.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The location and environment whose pages show it; null for every page of the account.</summary>
    public Tenant? Tenant { get; init; }

    /// <summary>The API key that it is about; null if it is about none, or about the whole location.</summary>
    public ApiKeyId? Key { get; init; }

    /// <summary>The actor, as in the audit trail: <c>key:12</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>The action of its audit entry, which says what was refused.</summary>
    public required AuditAction Action { get; init; }

    /// <summary>The subject of the refusal, as in the audit trail: <c>key:12</c>, <c>location:3</c>, <c>address</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The rule that refused it, in words for members, without secrets.</summary>
    public required string Detail { get; init; }

    /// <summary>The address from which it came; null if unknown.</summary>
    public IPAddress? Address { get; init; }
}

/// <summary>Records alarms.</summary>
public interface IAlarms
{
    /// <summary>The time without the same alarm after which it begins a new episode.</summary>
    static readonly TimeSpan Apart = TimeSpan.FromHours(1);

    /// <summary>Raises an alarm. A repeated alarm is counted, and recorded in the audit trail only once for each episode.</summary>
    /// <returns>Whether a new episode has begun.</returns>
    Task<bool> RaiseAsync(Alarm alarm);
}
