using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>
/// Explains why a visitor is at the sign-in: what became of the session whose cookie the browser still has, or that the requested page is for members.
/// </summary>
public sealed partial class SignInReason
{
    private string? _text;

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>The requested page.</summary>
    [Parameter]
    public string? ReturnUrl { get; set; }

    /// <summary>Whether the member has just signed out.</summary>
    [SupplyParameterFromQuery]
    public bool SignedOut { get; set; }

    [Inject]
    internal MemberSessions Sessions { get; init; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var end = OpaqueSecret.TryRead(Http.Request.Cookies[PortalCookies.Session], out var secret) ? await Sessions.FindEndAsync(secret, Http.RequestAborted) : null;
        _text = end switch
        {
            SessionEnd.Idle => $"You were signed out because you were inactive for {Minutes(Sessions.IdleTimeout)}.{WayBack}",
            SessionEnd.Limit => $"You were signed out because a session ends after {MemberSessions.Longest.TotalHours:0} hours, even if you are active.{WayBack}",
            SessionEnd.Ended => $"Your session was ended: you signed out, ended it elsewhere, or your password, second factors or access were changed.{WayBack}",
            SessionEnd.Disabled => "Your access was disabled. Ask an owner or admin of your account.",
            _ when SignedOut => "You signed out.",
            _ when HasPlace => "The page you asked for is for members of an account. Sign in to return to it.",
            _ => null,
        };
    }

    private bool HasPlace => LocalAddress.Of(ReturnUrl) is var address && address.Split('?')[0] != PortalUrls.Home;

    private string WayBack => HasPlace ? " Sign in to return to the page you had open." : "";

    private static string Minutes(TimeSpan time) => time.TotalMinutes < 1 ? $"{time.TotalSeconds:0} seconds" : time.TotalMinutes == 1 ? "a minute" : $"{time.TotalMinutes:0.#} minutes";
}
