using System.Net;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>
/// Something that a person, or a command of an operator, did or was refused (PCI DSS 10.2.1, 10.2.2). What changes the
/// database writes its entry in the same transaction.
/// </summary>
public sealed record AuditEntry
{
    internal AuditEntry()
    {
    }

    /// <summary>Whose trail it belongs to; the default where nobody was recognised, which no account shows.</summary>
    public required AccountId Account { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: <c>member:7</c>, <c>operator</c> for the command line, <c>vault</c> for what time alone brings about, or <c>nobody</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>What: the name of an <see cref="AuditAction"/>, of this version of the program or of another.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to: <c>key:12</c>, <c>member:7</c>, a token.</summary>
    public required string Subject { get; init; }

    /// <summary>What it is about; null where nothing tells.</summary>
    public AuditTopic? Topic { get; init; }

    /// <summary>Whether it was done; false when it was refused.</summary>
    public bool Succeeded { get; init; } = true;

    /// <summary>Details for people, without secrets: a name, the old and the new value.</summary>
    public string Detail { get; init; } = "";

    /// <summary>From where; null on the command line.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Something else that the same cause brings about, by the same actor at the same time.</summary>
    internal AuditEntry With(AuditAction action, string subject, string detail) => new AuditActor(Account, Actor, Address).Entry(At, action, subject, detail);
}

/// <summary>An entry as the trail gives it back.</summary>
/// <param name="Id">Its position in the trail.</param>
/// <param name="Entry">The entry.</param>
/// <param name="ActorName">What the member is called who did it; null for who is no member.</param>
public sealed record RecordedAuditEntry(long Id, AuditEntry Entry, string? ActorName)
{
    /// <summary>What it is about, with the name that this has now.</summary>
    public AuditThing Thing { get; init; } = AuditThing.Of(Entry.Subject);
}
