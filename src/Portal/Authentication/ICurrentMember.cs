using Dojo.Pci.Tokenization.Access;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>Finds the member who views the page or sent the request.</summary>
public interface ICurrentMember
{
    /// <summary>The member's current state, or null if no member is signed in (any more). To be called before every call of a service.</summary>
    ValueTask<SignedInMember?> FindAsync();
}
