using System.Net;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>
/// An action that a person or an operator's command took or was refused (PCI DSS 10.2.1, 10.2.2). An action that changes the
/// database writes its entry in the same transaction.
/// </summary>
public sealed record AuditEntry
{
    internal AuditEntry()
    {
    }

    /// <summary>The account whose trail the entry belongs to; the default value if no account was recognised, which no account shows.</summary>
    public required AccountId Account { get; init; }

    /// <summary>When the action happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Who acted: <c>member:7</c>, <c>operator</c> for the command line, <c>vault</c> for what happens by the passing of time, or <c>nobody</c>.
    /// </summary>
    public required string Actor { get; init; }

    /// <summary>The name of an <see cref="AuditAction"/>, of this version of the program or of another.</summary>
    public required string Action { get; init; }

    /// <summary>What the action affected: <c>key:12</c>, <c>member:7</c>, a token.</summary>
    public required string Subject { get; init; }

    /// <summary>The topic; null if neither action nor subject determines it.</summary>
    public AuditTopic? Topic { get; init; }

    /// <summary>Whether the action succeeded; false if it was refused.</summary>
    public bool Succeeded { get; init; } = true;

    /// <summary>Details for people, without secrets: a name, the old and the new value.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The client's address; null on the command line.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Makes an entry for another effect of the same cause, with the same actor and time.</summary>
    internal AuditEntry With(AuditAction action, string subject, string detail) => new AuditActor(Account, Actor, Address).Entry(At, action, subject, detail);
}

/// <summary>An entry as it is read from the trail.</summary>
/// <param name="Id">The entry's position in the trail.</param>
/// <param name="Entry">The entry.</param>
/// <param name="ActorName">The name of the member who acted; null if the actor is not a member.</param>
public sealed record RecordedAuditEntry(long Id, AuditEntry Entry, string? ActorName)
{
    /// <summary>What the entry is about, with its current name.</summary>
    public AuditThing Thing { get; init; } = AuditThing.Of(Entry.Subject);
}
