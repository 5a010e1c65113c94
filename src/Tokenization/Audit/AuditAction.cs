using System.Collections.Frozen;
using System.Reflection;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>The topic of an entry of the audit trail.</summary>
public enum AuditTopic
{
    /// <summary>Members, invitations, sign-ins.</summary>
    Members,

    /// <summary>API keys.</summary>
    ApiKeys,

    /// <summary>Tokens, and the customers who own the cards.</summary>
    Tokens,

    /// <summary>The account, its locations and webhooks.</summary>
    Settings,

    /// <summary>The audit trail itself.</summary>
    AuditTrail,
}

/// <summary>
/// An action that the audit trail records. The static properties list all actions. The trail is never changed, so the name of an action is permanent;
/// the words that people read may change.
/// </summary>
public sealed class AuditAction
{
    private AuditAction(string name, AuditTopic? topic, string? words = null) => (Name, Topic, Words) = (name, topic, words ?? AuditWords.Capital(name));

    /// <summary>The name in the trail, as subject and past participle: <c>api key created</c>.</summary>
    public string Name { get; }

    /// <summary>The topic; null if it depends on the subject of the entry.</summary>
    public AuditTopic? Topic { get; }

    /// <summary>The action in the words that people read: <c>API key created</c>.</summary>
    public string Words { get; }

    /// <summary>A member set up their access.</summary>
    public static AuditAction MemberJoined { get; } = new("member joined", AuditTopic.Members, "Joined the account");

    /// <summary>An invitation was made.</summary>
    public static AuditAction MemberInvited { get; } = new("member invited", AuditTopic.Members, "Invited a member");

    /// <summary>An invitation was renewed, with another link.</summary>
    public static AuditAction InvitationRenewed { get; } = new("invitation renewed", AuditTopic.Members);

    /// <summary>An invitation was withdrawn.</summary>
    public static AuditAction InvitationWithdrawn { get; } = new("invitation withdrawn", AuditTopic.Members);

    /// <summary>A member was given another role.</summary>
    public static AuditAction RoleChanged { get; } = new("role changed", AuditTopic.Members);

    /// <summary>A member was disabled, by another member or by the passing of time.</summary>
    public static AuditAction MemberDisabled { get; } = new("member disabled", AuditTopic.Members);

    /// <summary>A member was enabled again.</summary>
    public static AuditAction MemberEnabled { get; } = new("member enabled", AuditTopic.Members);

    /// <summary>A member who had failed to sign in too often was unlocked.</summary>
    public static AuditAction MemberUnlocked { get; } = new("member unlocked", AuditTopic.Members);

    /// <summary>A link was made with which an owner sets up their access.</summary>
    public static AuditAction OwnerLinkMade { get; } = new("owner link made", AuditTopic.Settings, "Made a set-up link for an owner");

    /// <summary>A link was made with which a member resets their access.</summary>
    public static AuditAction ResetLinkMade { get; } = new("reset link made", AuditTopic.Members, "Made a reset link");

    /// <summary>A reset link was withdrawn.</summary>
    public static AuditAction ResetLinkWithdrawn { get; } = new("reset link withdrawn", AuditTopic.Members);

    /// <summary>A member reset their access.</summary>
    public static AuditAction AccessReset { get; } = new("access reset", AuditTopic.Members, "Reset their access");

    /// <summary>A member signed in.</summary>
    public static AuditAction SignedIn { get; } = new("signed in", AuditTopic.Members);

    /// <summary>A member signed out.</summary>
    public static AuditAction SignedOut { get; } = new("signed out", AuditTopic.Members);

    /// <summary>A sign-in failed.</summary>
    public static AuditAction SignInRefused { get; } = new("sign-in refused", AuditTopic.Members, "Sign-in failed");

    /// <summary>A signed-in member confirmed their identity again.</summary>
    public static AuditAction IdentityConfirmed { get; } = new("identity confirmed", AuditTopic.Members, "Confirmed their identity");

    /// <summary>A member was linked to an identity of the identity provider.</summary>
    public static AuditAction SingleSignOnLinked { get; } = new("single sign-on linked", AuditTopic.Members);

    /// <summary>A recovery code was used in place of the second factor.</summary>
    public static AuditAction RecoveryCodeUsed { get; } = new("recovery code used", AuditTopic.Members);

    /// <summary>A member ended one of their sessions.</summary>
    public static AuditAction SessionEnded { get; } = new("session ended", AuditTopic.Members);

    /// <summary>A member ended all their sessions but one.</summary>
    public static AuditAction OtherSessionsEnded { get; } = new("other sessions ended", AuditTopic.Members);

    /// <summary>A member changed their password.</summary>
    public static AuditAction PasswordChanged { get; } = new("password changed", AuditTopic.Members);

    /// <summary>A member set up an authenticator app.</summary>
    public static AuditAction AuthenticatorSetUp { get; } = new("authenticator app set up", AuditTopic.Members);

    /// <summary>A member removed their authenticator app.</summary>
    public static AuditAction AuthenticatorRemoved { get; } = new("authenticator app removed", AuditTopic.Members);

    /// <summary>A member added a passkey.</summary>
    public static AuditAction PasskeyAdded { get; } = new("passkey added", AuditTopic.Members);

    /// <summary>A member removed a passkey.</summary>
    public static AuditAction PasskeyRemoved { get; } = new("passkey removed", AuditTopic.Members);

    /// <summary>A member made new recovery codes.</summary>
    public static AuditAction RecoveryCodesRenewed { get; } = new("recovery codes renewed", AuditTopic.Members);

    /// <summary>A member opened a page that their role does not allow.</summary>
    public static AuditAction PageRefused { get; } = new("page refused", topic: null, "Opened a page without access");

    /// <summary>A member tried an operation that their role does not allow.</summary>
    public static AuditAction OperationRefused { get; } = new("operation refused", topic: null, "Tried something without permission");

    /// <summary>An API key was created.</summary>
    public static AuditAction ApiKeyCreated { get; } = new("api key created", AuditTopic.ApiKeys);

    /// <summary>An API key was renamed.</summary>
    public static AuditAction ApiKeyRenamed { get; } = new("api key renamed", AuditTopic.ApiKeys);

    /// <summary>The permissions, allowed addresses or expiry of an API key were changed.</summary>
    public static AuditAction ApiKeyLimitsChanged { get; } = new("api key limits changed", AuditTopic.ApiKeys);

    /// <summary>An API key was given a successor.</summary>
    public static AuditAction ApiKeyRolled { get; } = new("api key rolled", AuditTopic.ApiKeys);

    /// <summary>An API key was retired.</summary>
    public static AuditAction ApiKeyRetired { get; } = new("api key retired", AuditTopic.ApiKeys);

    /// <summary>The retirement of an API key was scheduled.</summary>
    public static AuditAction ApiKeyRetirementPlanned { get; } = new("api key retirement planned", AuditTopic.ApiKeys);

    /// <summary>The retirement of an API key was undone.</summary>
    public static AuditAction ApiKeyBroughtBack { get; } = new("api key brought back", AuditTopic.ApiKeys);

    /// <summary>An API key was deleted.</summary>
    public static AuditAction ApiKeyDeleted { get; } = new("api key deleted", AuditTopic.ApiKeys);

    /// <summary>An API key was found in public.</summary>
    public static AuditAction ApiKeyLeaked { get; } = new("api key leaked", AuditTopic.ApiKeys, "API key found in public");

    /// <summary>An address tried too many invalid API keys.</summary>
    public static AuditAction KeyGuessingRefused { get; } = new("guessing of API keys refused", AuditTopic.ApiKeys);

    /// <summary>An API key, or the keys of a location, sent too many cards.</summary>
    public static AuditAction CardTestingRefused { get; } = new("card testing refused", topic: null);

    /// <summary>A token was closed.</summary>
    public static AuditAction TokenClosed { get; } = new("token closed", AuditTopic.Tokens);

    /// <summary>A token was canceled.</summary>
    public static AuditAction TokenCanceled { get; } = new("token canceled", AuditTopic.Tokens);

    /// <summary>A token of a test card was created in the portal.</summary>
    public static AuditAction TestTokenCreated { get; } = new("test token created", AuditTopic.Tokens);

    /// <summary>A customer was created.</summary>
    public static AuditAction CustomerCreated { get; } = new("customer created", AuditTopic.Tokens);

    /// <summary>The details of a customer were changed.</summary>
    public static AuditAction CustomerChanged { get; } = new("customer changed", AuditTopic.Tokens);

    /// <summary>A customer was deleted, and the tokens of their cards were closed.</summary>
    public static AuditAction CustomerDeleted { get; } = new("customer deleted", AuditTopic.Tokens);

    /// <summary>A list of tokens was downloaded.</summary>
    public static AuditAction TokensExported { get; } = new("tokens exported", AuditTopic.Tokens, "Exported tokens");

    /// <summary>The request log was downloaded.</summary>
    public static AuditAction RequestLogExported { get; } = new("request log exported", AuditTopic.Settings, "Exported the request log");

    /// <summary>The request log was searched for card numbers.</summary>
    public static AuditAction RequestLogChecked { get; } = new("request log checked", AuditTopic.Settings, "Looked for card numbers in the request log");

    /// <summary>A logged request was replayed with a test card, or an example of the documentation was sent.</summary>
    public static AuditAction RequestReplayed { get; } = new("request replayed", AuditTopic.Tokens, "Replayed a request");

    /// <summary>The account was renamed.</summary>
    public static AuditAction AccountRenamed { get; } = new("account renamed", AuditTopic.Settings);

    /// <summary>A location was added.</summary>
    public static AuditAction LocationAdded { get; } = new("location added", AuditTopic.Settings);

    /// <summary>A location was renamed.</summary>
    public static AuditAction LocationRenamed { get; } = new("location renamed", AuditTopic.Settings);

    /// <summary>The setting whether a location accepts each reference only once was changed.</summary>
    public static AuditAction UniqueReferencesChanged { get; } = new("unique references changed", AuditTopic.Settings, "Unique references setting changed");

    /// <summary>The setting whether tokens of a location can be charged more than once was changed.</summary>
    public static AuditAction RepeatedChargesChanged { get; } = new("repeated charges changed", AuditTopic.Settings, "Repeated charges setting changed");

    /// <summary>The retention period of a location's card data was changed.</summary>
    public static AuditAction RetentionChanged { get; } = new("retention changed", AuditTopic.Settings, "Retention of card data changed");

    /// <summary>A throwaway sandbox was created.</summary>
    public static AuditAction SandboxCreated { get; } = new("sandbox created", AuditTopic.Settings, "Made a throwaway sandbox");

    /// <summary>A throwaway sandbox was removed, or expired.</summary>
    public static AuditAction SandboxRemoved { get; } = new("sandbox removed", AuditTopic.Settings, "Throwaway sandbox removed");

    /// <summary>Faults were set for a sandbox.</summary>
    public static AuditAction FaultsSet { get; } = new("sandbox faults set", AuditTopic.Settings, "Set faults in the sandbox");

    /// <summary>A member ended the faults of a sandbox.</summary>
    public static AuditAction FaultsCleared { get; } = new("sandbox faults cleared", AuditTopic.Settings, "Ended the faults of the sandbox");

    /// <summary>The faults of a sandbox ended by themselves.</summary>
    public static AuditAction FaultsEnded { get; } = new("sandbox faults ended", AuditTopic.Settings, "Faults of the sandbox ended");

    /// <summary>The clock of a sandbox was moved in the portal.</summary>
    public static AuditAction SandboxClockMoved { get; } = new("sandbox clock moved", AuditTopic.Settings, "Moved the sandbox's clock");

    /// <summary>A sandbox was reset.</summary>
    public static AuditAction SandboxReset { get; } = new("sandbox reset", AuditTopic.Settings, "Reset the sandbox");

    /// <summary>Seeding of a sandbox with sample data began.</summary>
    public static AuditAction SeedBegun { get; } = new("sandbox seed begun", AuditTopic.Settings, "Filled the sandbox with sample data");

    /// <summary>Seeding of a sandbox was completed.</summary>
    public static AuditAction SeedEnded { get; } = new("sandbox seed ended", AuditTopic.Settings, "Sample data of the sandbox was made");

    /// <summary>Seeding of a sandbox was stopped.</summary>
    public static AuditAction SeedStopped { get; } = new("sandbox seed stopped", AuditTopic.Settings, "Stopped the making of sample data");

    /// <summary>A webhook subscription was created.</summary>
    public static AuditAction WebhookCreated { get; } = new("webhook created", AuditTopic.Settings);

    /// <summary>A webhook subscription was changed.</summary>
    public static AuditAction WebhookChanged { get; } = new("webhook changed", AuditTopic.Settings);

    /// <summary>A webhook subscription was deleted.</summary>
    public static AuditAction WebhookDeleted { get; } = new("webhook deleted", AuditTopic.Settings);

    /// <summary>A webhook subscription was disabled because no delivery succeeded.</summary>
    public static AuditAction WebhookDisabled { get; } = new("webhook disabled", AuditTopic.Settings);

    /// <summary>A secret of a webhook subscription was created.</summary>
    public static AuditAction WebhookSecretCreated { get; } = new("webhook secret created", AuditTopic.Settings);

    /// <summary>Another secret of a webhook subscription became the one that signs.</summary>
    public static AuditAction WebhookSecretActivated { get; } = new("webhook secret activated", AuditTopic.Settings);

    /// <summary>A secret of a webhook subscription was deleted.</summary>
    public static AuditAction WebhookSecretDeleted { get; } = new("webhook secret deleted", AuditTopic.Settings);

    /// <summary>A webhook subscription was paused.</summary>
    public static AuditAction WebhookPaused { get; } = new("webhook paused", AuditTopic.Settings);

    /// <summary>A webhook subscription was resumed.</summary>
    public static AuditAction WebhookResumed { get; } = new("webhook resumed", AuditTopic.Settings);

    /// <summary>A test event was sent to a webhook subscription.</summary>
    public static AuditAction WebhookTested { get; } = new("webhook tested", AuditTopic.Settings);

    /// <summary>A secret of a webhook subscription was shown.</summary>
    public static AuditAction WebhookSecretRevealed { get; } = new("webhook secret revealed", AuditTopic.Settings);

    /// <summary>Webhook events were sent again.</summary>
    public static AuditAction WebhookEventsReplayed { get; } = new("webhook events replayed", AuditTopic.Settings);

    /// <summary>A member read the audit trail.</summary>
    public static AuditAction TrailRead { get; } = new("activity read", AuditTopic.AuditTrail, "Read the audit trail");

    /// <summary>A member downloaded the audit trail.</summary>
    public static AuditAction TrailExported { get; } = new("activity exported", AuditTopic.AuditTrail, "Exported the audit trail");

    /// <summary>All actions.</summary>
    public static IReadOnlyCollection<AuditAction> All => s_byName.Values;

    // Must come last: it reads the properties above, which must be initialized.
    private static readonly FrozenDictionary<string, AuditAction> s_byName = typeof(AuditAction).GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Where(property => property.PropertyType == typeof(AuditAction)).Select(property => (AuditAction)property.GetValue(null)!)
        .ToFrozenDictionary(action => action.Name, StringComparer.Ordinal);

    /// <summary>Finds an action by its name in the trail; null for an action of another version of this program.</summary>
    public static AuditAction? Find(string name) => s_byName.GetValueOrDefault(name);
}
