using System.Globalization;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>The kind of thing that an entry of the trail is about.</summary>
public enum AuditThingKind
{
    /// <summary>Something without a page of its own; its name says what.</summary>
    Other,

    /// <summary>A member.</summary>
    Member,

    /// <summary>An invitation, or invitations in general if no id is known.</summary>
    Invitation,

    /// <summary>The list of members.</summary>
    Members,

    /// <summary>An API key.</summary>
    ApiKey,

    /// <summary>The list of API keys.</summary>
    ApiKeys,

    /// <summary>A token.</summary>
    Token,

    /// <summary>The account.</summary>
    Account,

    /// <summary>A location, or locations in general if no id is known.</summary>
    Location,

    /// <summary>A session of a member.</summary>
    Session,

    /// <summary>The audit trail itself.</summary>
    AuditTrail,

    /// <summary>A page of the portal, named by its path.</summary>
    Page,
}

/// <summary>What an entry of the trail is about, as far as its subject and the database determine it.</summary>
/// <param name="Kind">The kind of thing.</param>
/// <param name="Id">The thing's number; null if the subject contains none.</param>
/// <param name="Name">The thing's current name; for a token, a page or an unknown subject, the subject itself. Null without a name.</param>
/// <param name="Tenant">The location and environment of an API key; null for other things.</param>
public sealed record AuditThing(AuditThingKind Kind, long? Id, string? Name, Tenant? Tenant = null)
{
    /// <summary>The topic of entries about this thing; null if its kind does not determine it.</summary>
    public AuditTopic? Topic => Kind switch
    {
        AuditThingKind.Member or AuditThingKind.Members or AuditThingKind.Invitation or AuditThingKind.Session => AuditTopic.Members,
        AuditThingKind.ApiKey or AuditThingKind.ApiKeys => AuditTopic.ApiKeys,
        AuditThingKind.Token => AuditTopic.Tokens,
        AuditThingKind.Account or AuditThingKind.Location => AuditTopic.Settings,
        AuditThingKind.AuditTrail => AuditTopic.AuditTrail,
        _ => null,
    };

    /// <summary>Parses a subject: <c>key:12</c>, <c>member:7</c>, a token, a path.</summary>
    public static AuditThing Of(string subject)
    {
        if (subject.StartsWith("si_", StringComparison.Ordinal))
        {
            return new AuditThing(AuditThingKind.Token, null, subject);
        }

        if (subject.StartsWith('/'))
        {
            return new AuditThing(AuditThingKind.Page, null, subject);
        }

        var colon = subject.IndexOf(':', StringComparison.Ordinal);
        var kind = KindOf(colon < 0 ? subject : subject[..colon]);
        long? id = colon > 0 && long.TryParse(subject.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new AuditThing(kind, id, kind == AuditThingKind.Other && subject.Length > 0 ? subject : null);
    }

    private static AuditThingKind KindOf(string word) => word switch
    {
        "member" => AuditThingKind.Member,
        "members" => AuditThingKind.Members,
        "invitation" => AuditThingKind.Invitation,
        "key" => AuditThingKind.ApiKey,
        "keys" or "api keys" => AuditThingKind.ApiKeys,
        "account" => AuditThingKind.Account,
        "location" => AuditThingKind.Location,
        "session" => AuditThingKind.Session,
        "activity" => AuditThingKind.AuditTrail,
        _ => AuditThingKind.Other,
    };
}
