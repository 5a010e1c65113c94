using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components;

/// <summary>
/// A page for members. It asks the services as the member who is there at that moment, and answers for it what every page would
/// answer alike: anyone who is not signed in any more is sent to sign in, anyone who must confirm that they are themselves is sent to do so.
/// </summary>
public abstract class MemberPage : ZonedComponent
{
    /// <summary>The location and environment that the page is about.</summary>
    [CascadingParameter]
    public required SelectedTenant Selected { get; set; }

    /// <summary>Who is there.</summary>
    [Inject]
    public required ICurrentMember Current { get; init; }

    /// <summary>Where the page is.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>Asks a service as the member who is there. Null when they are being sent to sign in or to confirm.</summary>
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

    // A whole new page: it sets cookies, which a circuit cannot.
    private void SendToSignIn(bool confirm) =>
        Navigation.NavigateTo(PortalUrls.SignInFor($"/{Navigation.ToBaseRelativePath(Navigation.Uri)}", confirm), forceLoad: true);
}
