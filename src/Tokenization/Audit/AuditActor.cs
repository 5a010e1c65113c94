using System.Net;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>The actor of an entry, as the trail names it, and its address. Every entry is made by <see cref="Entry"/>.</summary>
/// <param name="Account">The account whose trail the actor's entries belong to.</param>
/// <param name="Name"><c>member:7</c>, <c>key:12</c>, or one of the names below.</param>
/// <param name="Address">The client's address; null without one.</param>
public sealed record AuditActor(AccountId Account, string Name, IPAddress? Address = null)
{
    /// <summary>The operator on the command line, or the first start.</summary>
    public const string OperatorName = "operator";

    /// <summary>The service itself, for what happens by the passing of time.</summary>
    public const string VaultName = "vault";

    /// <summary>A person who was not recognised. No account shows these entries.</summary>
    public const string NobodyName = "nobody";

    /// <summary>The identity provider.</summary>
    public const string SingleSignOnName = "single sign-on";

    /// <summary>A scanner that searches public places for API keys.</summary>
    public const string SecretScanningName = "secret scanning";

    /// <summary>The operator on the command line, or the first start of the service.</summary>
    public static AuditActor Operator(AccountId account) => new(account, OperatorName);

    /// <summary>The service itself.</summary>
    public static AuditActor Vault(AccountId account) => new(account, VaultName);

    /// <summary>A person who was not recognised.</summary>
    public static AuditActor Nobody(IPAddress? address) => new(default, NobodyName, address);

    /// <summary>A member who is not signed in yet.</summary>
    public static AuditActor Member(AccountId account, MemberId id, IPAddress? address) => new(account, id.Actor, address);

    /// <summary>The caller of the API.</summary>
    public static AuditActor Of(Caller caller) => new(caller.Tenant.Account, caller.Actor, caller.Address);

    /// <summary>Makes an entry.</summary>
    /// <param name="at">When the action happens.</param>
    /// <param name="action">The action.</param>
    /// <param name="subject">What the action affects: <c>key:12</c>, <c>member:7</c>, a token.</param>
    /// <param name="detail">Details for people, without secrets.</param>
    /// <param name="succeeded">Whether the action succeeded; false if it was refused.</param>
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

/// <summary>Makes the entries of signed-in members.</summary>
public static class AuditActorExtensions
{
    /// <inheritdoc cref="AuditActor.Entry"/>
    public static AuditEntry Entry(this SignedInMember who, DateTimeOffset at, AuditAction action, string subject, string detail = "", bool succeeded = true) =>
        new AuditActor(who.Account, who.Actor, who.Address).Entry(at, action, subject, detail, succeeded);
}
