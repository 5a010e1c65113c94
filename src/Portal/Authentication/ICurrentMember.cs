using Dojo.Pci.Tokenization.Access;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>Who sits in front of the page, or sent the request.</summary>
public interface ICurrentMember
{
    /// <summary>The member as they are now, or null when nobody is signed in (any more). Asked for before every call of a service.</summary>
    ValueTask<SignedInMember?> FindAsync();
}
