using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components;

/// <summary>
/// A page for members. It calls the services as the currently signed-in member and handles what is the same for every page: a reader who is no
/// longer signed in is sent to sign in, and a member who must confirm their identity is sent to do so.
/// </summary>
public abstract class MemberPage : ZonedComponent
{
    /// <summary>The location and environment that the page is about.</summary>
    [CascadingParameter]
    public required SelectedTenant Selected { get; set; }

    /// <summary>Finds the signed-in member.</summary>
    [Inject]
    public required ICurrentMember Current { get; init; }

    /// <summary>Provides the page's address and navigates.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>Calls a service as the signed-in member. Returns null if the reader is being sent to sign in or to confirm.</summary>
    protected async Task<Result<T>?> AskAsync<T>(Func<SignedInMember, Task<Result<T>>> ask)
        where T : class
    {
        if (await Current.FindAsync() is not { } who)
        {
            SendToSignIn(confirm: false);
            return null;
        }

        var answer = await ask(who);
        if (answer.Refusal is Refusal.Unconfirmed)
        {
            SendToSignIn(confirm: true);
            return null;
        }

        return answer;
    }

    // Loads a new document, because the sign-in sets cookies and a circuit cannot.
    private void SendToSignIn(bool confirm) =>
        Navigation.NavigateTo(PortalUrls.SignInFor($"/{Navigation.ToBaseRelativePath(Navigation.Uri)}", confirm), forceLoad: true);
}
