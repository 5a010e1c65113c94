using System.Net;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>Who does something, as the trail names them, and from where. Every entry is made by <see cref="Entry"/>.</summary>
/// <param name="Account">Whose trail it belongs to.</param>
/// <param name="Name"><c>member:7</c>, <c>key:12</c>, or one of those below.</param>
/// <param name="Address">From where; null where there is no address.</param>
public sealed record AuditActor(AccountId Account, string Name, IPAddress? Address = null)
{
    /// <summary>The command line, or the first start.</summary>
    public const string OperatorName = "operator";

    /// <summary>What time alone brings about.</summary>
    public const string VaultName = "vault";

    /// <summary>A person who was not recognised. No account shows what they tried.</summary>
    public const string NobodyName = "nobody";

    /// <summary>What the identity provider decides.</summary>
    public const string SingleSignOnName = "single sign-on";

    /// <summary>A scanner that looks for keys in public.</summary>
    public const string SecretScanningName = "secret scanning";

    /// <summary>Who works on the command line, or starts the service for the first time.</summary>
    public static AuditActor Operator(AccountId account) => new(account, OperatorName);

    /// <summary>The service itself.</summary>
    public static AuditActor Vault(AccountId account) => new(account, VaultName);

    /// <summary>A person who was not recognised.</summary>
    public static AuditActor Nobody(IPAddress? address) => new(default, NobodyName, address);

    /// <summary>A member who is not signed in yet.</summary>
    public static AuditActor Member(AccountId account, MemberId id, IPAddress? address) => new(account, id.Actor, address);

    /// <summary>Who calls the API.</summary>
    public static AuditActor Of(Caller caller) => new(caller.Tenant.Account, caller.Actor, caller.Address);

    /// <summary>Makes an entry.</summary>
    /// <param name="at">When it is done.</param>
    /// <param name="action">What is done.</param>
    /// <param name="subject">To what: <c>key:12</c>, <c>member:7</c>, a token.</param>
    /// <param name="detail">Details for people, without secrets.</param>
    /// <param name="succeeded">Whether it is done; false when it is refused.</param>
    public AuditEntry Entry(DateTimeOffset at, AuditAction action, string subject, string detail = "", bool succeeded = true) => new()
    {
        Account = Account,
        At = at,
        Actor = Name,
        Action = action.Name,
        Subject = subject,
        Topic = action.Topic ?? AuditThing.Of(subject).Topic,
        Succeeded = succeeded,
        Detail = detail,
        Address = Address,
    };
}

/// <summary>Entries of what members do who are signed in.</summary>
public static class AuditActorExtensions
{
    /// <inheritdoc cref="AuditActor.Entry"/>
    public static AuditEntry Entry(this SignedInMember who, DateTimeOffset at, AuditAction action, string subject, string detail = "", bool succeeded = true) =>
        new AuditActor(who.Account, who.Actor, who.Address).Entry(at, action, subject, detail, succeeded);
}
