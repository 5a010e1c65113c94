namespace Dojo.Pci.Tokenization.Access;

/// <summary>An operation of a member. <see cref="RoleTable"/> says which roles may do it. Written to the audit trail by name.</summary>
public enum Operation
{
    /// <summary>See the metrics of an account: counts and durations, nothing about a single token.</summary>
    ViewMetrics,

    /// <summary>List, search and open tokens, and follow new ones.</summary>
    BrowseTokens,

    /// <summary>Download a list of tokens.</summary>
    ExportTokens,

    /// <summary>Cancel or close a token.</summary>
    EndTokens,

    /// <summary>Make a token from a published test card, in the sandbox.</summary>
    CreateTestTokens,

    /// <summary>Move a sandbox's clock, set its faults, empty it, and make and remove throwaway sandboxes.</summary>
    ManageSandbox,

    /// <summary>List API keys, and see how they are used.</summary>
    ViewApiKeys,

    /// <summary>Make, roll, restrict, retire and delete keys of the sandbox.</summary>
    ManageSandboxApiKeys,

    /// <summary>The same for keys of production.</summary>
    ManageProductionApiKeys,

    /// <summary>See webhook endpoints, what was sent to them and what they answered, but not their secrets.</summary>
    ViewWebhooks,

    /// <summary>Make, change, pause, test and delete webhook endpoints of the sandbox, roll their secrets, and send events again.</summary>
    ManageSandboxWebhooks,

    /// <summary>The same for endpoints of production.</summary>
    ManageProductionWebhooks,

    /// <summary>See the value of a secret that signs webhooks after its creation.</summary>
    RevealWebhookSecrets,

    /// <summary>See the members, and the state of invitations.</summary>
    ViewMembers,

    /// <summary>Invite, disable, unlock, and change the roles of members who are not owners.</summary>
    ManageMembers,

    /// <summary>The same if the member is an owner or is given that role.</summary>
    ManageOwners,

    /// <summary>See the settings of the account and its locations.</summary>
    ViewSettings,

    /// <summary>Change the settings of the account and its locations.</summary>
    ManageSettings,

    /// <summary>Read the audit trail: what was done, by whom and from where.</summary>
    ViewActivity,

    /// <summary>Read the requests to the API, with what was sent and answered.</summary>
    ViewRequestLogs,
}
