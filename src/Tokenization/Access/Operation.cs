namespace Dojo.Pci.Tokenization.Access;

/// <summary>What a member can ask for. Who may is in <see cref="RoleTable"/>. Written to the audit trail by name.</summary>
public enum Operation
{
    /// <summary>See the figures of an account: counts and times, nothing of a single token.</summary>
    ViewMetrics,

    /// <summary>List, search and open tokens, and follow new ones.</summary>
    BrowseTokens,

    /// <summary>Download a list of tokens.</summary>
    ExportTokens,

    /// <summary>Cancel or close a token.</summary>
    EndTokens,

    /// <summary>Make a token of a published test card, in the sandbox.</summary>
    CreateTestTokens,

    /// <summary>Move a sandbox's clock, set its faults, empty it, and make and remove throwaway sandboxes.</summary>
    ManageSandbox,

    /// <summary>See which API keys there are and how they are used.</summary>
    ViewApiKeys,

    /// <summary>Make, roll, restrict, retire and delete keys of the sandbox.</summary>
    ManageSandboxApiKeys,

    /// <summary>The same for keys of production.</summary>
    ManageProductionApiKeys,

    /// <summary>See webhook endpoints, what was sent to them and what they answered; no secret.</summary>
    ViewWebhooks,

    /// <summary>Make, change, pause, test and delete webhook endpoints of the sandbox, roll their secrets, and send events again.</summary>
    ManageSandboxWebhooks,

    /// <summary>The same for endpoints of production.</summary>
    ManageProductionWebhooks,

    /// <summary>See the value of a secret that signs webhooks, after it was made.</summary>
    RevealWebhookSecrets,

    /// <summary>See who is a member, and what became of invitations.</summary>
    ViewMembers,

    /// <summary>Invite, disable, unlock, and change the roles of members who are no owners.</summary>
    ManageMembers,

    /// <summary>The same where an owner is concerned: the one it is done to, or the role that is given.</summary>
    ManageOwners,

    /// <summary>See the settings of the account and its locations.</summary>
    ViewSettings,

    /// <summary>Change them.</summary>
    ManageSettings,

    /// <summary>Read what was done, by whom and from where.</summary>
    ViewActivity,

    /// <summary>Read which requests were made to the API, with what was sent and answered.</summary>
    ViewRequestLogs,
}
