namespace Dojo.Pci.Tokenization.Access;

/// <summary>What a member of an account is there for (DESIGN D22). What each may do is in <see cref="RoleTable"/>. Stored by name.</summary>
public enum MemberRole
{
    /// <summary>Answers for the account: everything, and the only one who makes and unmakes owners.</summary>
    Owner,

    /// <summary>Runs it: everything but what concerns owners.</summary>
    Admin,

    /// <summary>Builds against it: keys, tokens, the sandbox.</summary>
    Developer,

    /// <summary>Looks tokens up; sees no keys and no people.</summary>
    Viewer,

    /// <summary>Reads what was done, and by whom; sees no tokens.</summary>
    Auditor,
}
