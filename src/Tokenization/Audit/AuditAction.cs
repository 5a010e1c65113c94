using System.Collections.Frozen;
using System.Reflection;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>What an entry is about.</summary>
public enum AuditTopic
{
    /// <summary>Members, invitations, sign-ins.</summary>
    Members,

    /// <summary>API keys.</summary>
    ApiKeys,

    /// <summary>Tokens, and the customers whose cards they are.</summary>
    Tokens,

    /// <summary>The account, its locations and webhooks.</summary>
    Settings,

    /// <summary>The trail itself.</summary>
    AuditTrail,
}

/// <summary>
/// Something that the audit trail records: the catalogue of all there is. The trail is never changed, so a name that was written once stays; what
/// people read may change.
/// </summary>
public sealed class AuditAction
{
    private AuditAction(string name, AuditTopic? topic, string? words = null) => (Name, Topic, Words) = (name, topic, words ?? AuditWords.Capital(name));

    /// <summary>What the trail calls it, as subject and past participle: <c>api key created</c>.</summary>
    public string Name { get; }

    /// <summary>What it is about; null where that depends on what it was done to.</summary>
    public AuditTopic? Topic { get; }

    /// <summary>The same as people read it: <c>API key created</c>.</summary>
    public string Words { get; }

    /// <summary>A member set up their access.</summary>
    public static AuditAction MemberJoined { get; } = new("member joined", AuditTopic.Members, "Joined the account");

    /// <summary>An invitation was made.</summary>
    public static AuditAction MemberInvited { get; } = new("member invited", AuditTopic.Members, "Invited a member");

    /// <summary>An invitation was made anew, with another link.</summary>
    public static AuditAction InvitationRenewed { get; } = new("invitation renewed", AuditTopic.Members);

    /// <summary>An invitation was withdrawn.</summary>
    public static AuditAction InvitationWithdrawn { get; } = new("invitation withdrawn", AuditTopic.Members);

    /// <summary>A member was given another role.</summary>
    public static AuditAction RoleChanged { get; } = new("role changed", AuditTopic.Members);

    /// <summary>A member was disabled, by another or by time.</summary>
    public static AuditAction MemberDisabled { get; } = new("member disabled", AuditTopic.Members);

    /// <summary>A member was enabled again.</summary>
    public static AuditAction MemberEnabled { get; } = new("member enabled", AuditTopic.Members);

    /// <summary>A member who had failed to sign in too often was unlocked.</summary>
    public static AuditAction MemberUnlocked { get; } = new("member unlocked", AuditTopic.Members);

    /// <summary>A link was made by which an owner sets up their access.</summary>
    public static AuditAction OwnerLinkMade { get; } = new("owner link made", AuditTopic.Settings, "Made a set-up link for an owner");

    /// <summary>A link was made by which a member sets up their access anew.</summary>
    public static AuditAction ResetLinkMade { get; } = new("reset link made", AuditTopic.Members, "Made a reset link");

    /// <summary>Such a link was withdrawn.</summary>
    public static AuditAction ResetLinkWithdrawn { get; } = new("reset link withdrawn", AuditTopic.Members);

    /// <summary>A member set up their access anew.</summary>
    public static AuditAction AccessReset { get; } = new("access reset", AuditTopic.Members, "Reset their access");

    /// <summary>A member signed in.</summary>
    public static AuditAction SignedIn { get; } = new("signed in", AuditTopic.Members);

    /// <summary>A member signed out.</summary>
    public static AuditAction SignedOut { get; } = new("signed out", AuditTopic.Members);

    /// <summary>A sign-in failed.</summary>
    public static AuditAction SignInRefused { get; } = new("sign-in refused", AuditTopic.Members, "Sign-in failed");

    /// <summary>A member who is signed in proved again who they are.</summary>
    public static AuditAction IdentityConfirmed { get; } = new("identity confirmed", AuditTopic.Members, "Confirmed their identity");

    /// <summary>A member was bound to an identity of the provider.</summary>
    public static AuditAction SingleSignOnLinked { get; } = new("single sign-on linked", AuditTopic.Members);

    /// <summary>A recovery code stood in for the second factor.</summary>
    public static AuditAction RecoveryCodeUsed { get; } = new("recovery code used", AuditTopic.Members);

    /// <summary>A member ended a session of theirs.</summary>
    public static AuditAction SessionEnded { get; } = new("session ended", AuditTopic.Members);

    /// <summary>A member ended all their sessions but one.</summary>
    public static AuditAction OtherSessionsEnded { get; } = new("other sessions ended", AuditTopic.Members);

    /// <summary>A member changed their password.</summary>
    public static AuditAction PasswordChanged { get; } = new("password changed", AuditTopic.Members);

    /// <summary>A member set up an authenticator app.</summary>
    public static AuditAction AuthenticatorSetUp { get; } = new("authenticator app set up", AuditTopic.Members);

    /// <summary>A member removed theirs.</summary>
    public static AuditAction AuthenticatorRemoved { get; } = new("authenticator app removed", AuditTopic.Members);

    /// <summary>A member added a passkey.</summary>
    public static AuditAction PasskeyAdded { get; } = new("passkey added", AuditTopic.Members);

    /// <summary>A member removed one.</summary>
    public static AuditAction PasskeyRemoved { get; } = new("passkey removed", AuditTopic.Members);

    /// <summary>A member made new recovery codes.</summary>
    public static AuditAction RecoveryCodesRenewed { get; } = new("recovery codes renewed", AuditTopic.Members);

    /// <summary>A member opened a page that their role does not allow.</summary>
    public static AuditAction PageRefused { get; } = new("page refused", topic: null, "Opened a page without access");

    /// <summary>A member tried what their role does not allow.</summary>
    public static AuditAction OperationRefused { get; } = new("operation refused", topic: null, "Tried something without permission");

    /// <summary>A key was made.</summary>
    public static AuditAction ApiKeyCreated { get; } = new("api key created", AuditTopic.ApiKeys);

    /// <summary>A key was given another name.</summary>
    public static AuditAction ApiKeyRenamed { get; } = new("api key renamed", AuditTopic.ApiKeys);

    /// <summary>What a key may do, from where or until when was changed.</summary>
    public static AuditAction ApiKeyLimitsChanged { get; } = new("api key limits changed", AuditTopic.ApiKeys);

    /// <summary>A key was given a successor.</summary>
    public static AuditAction ApiKeyRolled { get; } = new("api key rolled", AuditTopic.ApiKeys);

    /// <summary>A key was retired.</summary>
    public static AuditAction ApiKeyRetired { get; } = new("api key retired", AuditTopic.ApiKeys);

    /// <summary>It was decided when a key retires.</summary>
    public static AuditAction ApiKeyRetirementPlanned { get; } = new("api key retirement planned", AuditTopic.ApiKeys);

    /// <summary>A retirement was undone.</summary>
    public static AuditAction ApiKeyBroughtBack { get; } = new("api key brought back", AuditTopic.ApiKeys);

    /// <summary>A key was deleted.</summary>
    public static AuditAction ApiKeyDeleted { get; } = new("api key deleted", AuditTopic.ApiKeys);

    /// <summary>A key was found in public.</summary>
    public static AuditAction ApiKeyLeaked { get; } = new("api key leaked", AuditTopic.ApiKeys, "API key found in public");

    /// <summary>An address tried too many keys that are not good.</summary>
    public static AuditAction KeyGuessingRefused { get; } = new("guessing of API keys refused", AuditTopic.ApiKeys);

    /// <summary>A key, or the keys of a location, sent too many cards.</summary>
    public static AuditAction CardTestingRefused { get; } = new("card testing refused", topic: null);

    /// <summary>A token was closed.</summary>
    public static AuditAction TokenClosed { get; } = new("token closed", AuditTopic.Tokens);

    /// <summary>A token was canceled.</summary>
    public static AuditAction TokenCanceled { get; } = new("token canceled", AuditTopic.Tokens);

    /// <summary>A token of a test card was made on a page.</summary>
    public static AuditAction TestTokenCreated { get; } = new("test token created", AuditTopic.Tokens);

    /// <summary>A customer was created.</summary>
    public static AuditAction CustomerCreated { get; } = new("customer created", AuditTopic.Tokens);

    /// <summary>What is known of a customer was changed.</summary>
    public static AuditAction CustomerChanged { get; } = new("customer changed", AuditTopic.Tokens);

    /// <summary>A customer was deleted, and the tokens of their cards closed.</summary>
    public static AuditAction CustomerDeleted { get; } = new("customer deleted", AuditTopic.Tokens);

    /// <summary>A list of tokens was downloaded.</summary>
    public static AuditAction TokensExported { get; } = new("tokens exported", AuditTopic.Tokens, "Exported tokens");

    /// <summary>The log of requests was downloaded.</summary>
    public static AuditAction RequestLogExported { get; } = new("request log exported", AuditTopic.Settings, "Exported the request log");

    /// <summary>The log of requests was searched for card numbers.</summary>
    public static AuditAction RequestLogChecked { get; } = new("request log checked", AuditTopic.Settings, "Looked for card numbers in the request log");

    /// <summary>A request of the log was made again with a test card.</summary>
    public static AuditAction RequestReplayed { get; } = new("request replayed", AuditTopic.Tokens, "Replayed a request");

    /// <summary>The account was given another name.</summary>
    public static AuditAction AccountRenamed { get; } = new("account renamed", AuditTopic.Settings);

    /// <summary>A location was added.</summary>
    public static AuditAction LocationAdded { get; } = new("location added", AuditTopic.Settings);

    /// <summary>A location was given another name.</summary>
    public static AuditAction LocationRenamed { get; } = new("location renamed", AuditTopic.Settings);

    /// <summary>Whether a location takes each reference once was changed.</summary>
    public static AuditAction UniqueReferencesChanged { get; } = new("unique references changed", AuditTopic.Settings, "Unique references setting changed");

    /// <summary>Whether tokens of a location can be charged more than once was changed.</summary>
    public static AuditAction RepeatedChargesChanged { get; } = new("repeated charges changed", AuditTopic.Settings, "Repeated charges setting changed");

    /// <summary>How long a location keeps card data was changed.</summary>
    public static AuditAction RetentionChanged { get; } = new("retention changed", AuditTopic.Settings, "Retention of card data changed");

    /// <summary>A throwaway sandbox was made.</summary>
    public static AuditAction SandboxCreated { get; } = new("sandbox created", AuditTopic.Settings, "Made a throwaway sandbox");

    /// <summary>A throwaway sandbox was removed, or its time was over.</summary>
    public static AuditAction SandboxRemoved { get; } = new("sandbox removed", AuditTopic.Settings, "Throwaway sandbox removed");

    /// <summary>Faults were set in a sandbox.</summary>
    public static AuditAction FaultsSet { get; } = new("sandbox faults set", AuditTopic.Settings, "Set faults in the sandbox");

    /// <summary>Faults of a sandbox were ended.</summary>
    public static AuditAction FaultsCleared { get; } = new("sandbox faults cleared", AuditTopic.Settings, "Ended the faults of the sandbox");

    /// <summary>Faults of a sandbox ended by themselves.</summary>
    public static AuditAction FaultsEnded { get; } = new("sandbox faults ended", AuditTopic.Settings, "Faults of the sandbox ended");

    /// <summary>The clock of a sandbox was moved on a page.</summary>
    public static AuditAction SandboxClockMoved { get; } = new("sandbox clock moved", AuditTopic.Settings, "Moved the sandbox's clock");

    /// <summary>A sandbox was emptied.</summary>
    public static AuditAction SandboxReset { get; } = new("sandbox reset", AuditTopic.Settings, "Reset the sandbox");

    /// <summary>Sample data was asked for.</summary>
    public static AuditAction SeedBegun { get; } = new("sandbox seed begun", AuditTopic.Settings, "Filled the sandbox with sample data");

    /// <summary>Sample data was whole.</summary>
    public static AuditAction SeedEnded { get; } = new("sandbox seed ended", AuditTopic.Settings, "Sample data of the sandbox was made");

    /// <summary>The making of sample data was stopped.</summary>
    public static AuditAction SeedStopped { get; } = new("sandbox seed stopped", AuditTopic.Settings, "Stopped the making of sample data");

    /// <summary>A webhook subscription was made.</summary>
    public static AuditAction WebhookCreated { get; } = new("webhook created", AuditTopic.Settings);

    /// <summary>A webhook subscription was changed.</summary>
    public static AuditAction WebhookChanged { get; } = new("webhook changed", AuditTopic.Settings);

    /// <summary>A webhook subscription was deleted.</summary>
    public static AuditAction WebhookDeleted { get; } = new("webhook deleted", AuditTopic.Settings);

    /// <summary>A webhook subscription was disabled because nothing could be delivered.</summary>
    public static AuditAction WebhookDisabled { get; } = new("webhook disabled", AuditTopic.Settings);

    /// <summary>A secret of a webhook subscription was made.</summary>
    public static AuditAction WebhookSecretCreated { get; } = new("webhook secret created", AuditTopic.Settings);

    /// <summary>Another secret signs from now on.</summary>
    public static AuditAction WebhookSecretActivated { get; } = new("webhook secret activated", AuditTopic.Settings);

    /// <summary>A secret of a webhook subscription was deleted.</summary>
    public static AuditAction WebhookSecretDeleted { get; } = new("webhook secret deleted", AuditTopic.Settings);

    /// <summary>A webhook subscription was paused.</summary>
    public static AuditAction WebhookPaused { get; } = new("webhook paused", AuditTopic.Settings);

    /// <summary>A pause was ended.</summary>
    public static AuditAction WebhookResumed { get; } = new("webhook resumed", AuditTopic.Settings);

    /// <summary>A test event was sent.</summary>
    public static AuditAction WebhookTested { get; } = new("webhook tested", AuditTopic.Settings);

    /// <summary>A secret of a webhook subscription was shown.</summary>
    public static AuditAction WebhookSecretRevealed { get; } = new("webhook secret revealed", AuditTopic.Settings);

    /// <summary>Events were sent again.</summary>
    public static AuditAction WebhookEventsReplayed { get; } = new("webhook events replayed", AuditTopic.Settings);

    /// <summary>A member read the trail.</summary>
    public static AuditAction TrailRead { get; } = new("activity read", AuditTopic.AuditTrail, "Read the audit trail");

    /// <summary>A member downloaded the trail.</summary>
    public static AuditAction TrailExported { get; } = new("activity exported", AuditTopic.AuditTrail, "Exported the audit trail");

    /// <summary>All there are.</summary>
    public static IReadOnlyCollection<AuditAction> All => s_byName.Values;

    // Last: it is made of those above.
    private static readonly FrozenDictionary<string, AuditAction> s_byName = typeof(AuditAction).GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Where(property => property.PropertyType == typeof(AuditAction)).Select(property => (AuditAction)property.GetValue(null)!)
        .ToFrozenDictionary(action => action.Name, StringComparer.Ordinal);

    /// <summary>An action by its name in the trail; null for one of another version of this program.</summary>
    public static AuditAction? Find(string name) => s_byName.GetValueOrDefault(name);
}
