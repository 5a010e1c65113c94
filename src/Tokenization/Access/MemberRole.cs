namespace Dojo.Pci.Tokenization.Access;

/// <summary>The role of a member of an account (DESIGN D22). <see cref="RoleTable"/> says what each may do. Stored by name.</summary>
public enum MemberRole
{
    /// <summary>Is responsible for the account: may do everything, and is the only role that may appoint and remove owners.</summary>
    Owner,

    /// <summary>Manages the account: may do everything except what concerns owners.</summary>
    Admin,

    /// <summary>Builds integrations: keys, tokens, webhooks, the sandbox.</summary>
    Developer,

    /// <summary>Looks up tokens; does not see keys or members.</summary>
    Viewer,

    /// <summary>Reads the audit trail; does not see tokens.</summary>
    Auditor,
}
