using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Authentication.SigningIn;
using Dojo.Pci.Portal.Authentication.SingleSignOn;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>The first step of signing in: e-mail address and password. A plain page: none of it goes through a circuit.</summary>
public sealed partial class SignInPage
{
    private SignedInMember? _confirming;
    private string? _error;
    private string? _singleSignOnUrl;
    private string? _singleSignOnRefusal;
    private bool _offersPassword = true;

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>The page that the member wanted to open.</summary>
    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    /// <summary>Whether a signed-in member must confirm their identity.</summary>
    [SupplyParameterFromQuery]
    public bool Confirm { get; set; }

    /// <summary>Why a visitor who came from the identity provider was refused.</summary>
    [SupplyParameterFromQuery]
    public string? Refused { get; set; }

    /// <summary>The settings of single sign-on.</summary>
    [Inject]
    internal IOptions<SingleSignOnOptions> SingleSignOn { get; init; } = null!;

    /// <summary>Knows which sessions depend on an identity provider.</summary>
    [Inject]
    public required IProviderIdentityStore Identities { get; init; }

    /// <summary>Performs the sign-in.</summary>
    [Inject]
    internal SignInService Service { get; init; } = null!;

    /// <summary>Finds a member who is already signed in.</summary>
    [Inject]
    public required ICurrentMember Current { get; init; }

    /// <summary>Navigates to other pages.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    [SupplyParameterFromForm(FormName = "sign-in")]
    private SignInInput Input { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Input ??= new SignInInput();
        var member = await Current.FindAsync();
        _confirming = Confirm ? member : null;
        if (member is not null && !Confirm && HttpMethods.IsGet(Http.Request.Method) && !StaleForm.IsOf(Http))
        {
            Navigation.NavigateTo(LocalAddress.Of(ReturnUrl));
            return;
        }

        if (SingleSignOn.Value.IsOn)
        {
            // A member confirms with what they signed in with: one from the provider has no password, and one with a password is unknown to the provider.
            var isProvided = _confirming is not null && await Identities.IsGrantedAsync(_confirming.Session, Http.RequestAborted);
            _offersPassword = !isProvided;
            _singleSignOnUrl = _confirming is null || isProvided ? PortalUrls.SingleSignOnFor(LocalAddress.Of(ReturnUrl), confirm: isProvided) : null;
            _singleSignOnRefusal = HttpMethods.IsGet(Http.Request.Method) && Enum.TryParse<SingleSignOnRefusal>(Refused, out var refusal) ? Words(refusal) : null;
        }
    }

    private static string Words(SingleSignOnRefusal refusal) => refusal switch
    {
        SingleSignOnRefusal.NoRole => "You are not in a group that has access to this portal. Ask the people who manage groups in your organisation.",
        SingleSignOnRefusal.Address => "Your organisation's sign-in did not provide your e-mail address, or the address belongs to another member here. Ask an owner of your account.",
        SingleSignOnRefusal.Disabled => "Your access was disabled. Ask an owner or admin of your account.",
        SingleSignOnRefusal.NotConfirmed => "That did not confirm it's you. Sign in as the same person, and enter your password there again.",
        _ => "Single sign-on did not work. Try again; if it keeps happening, tell the people who run this portal.",
    };

    private async Task SubmitAsync()
    {
        switch (await Service.CheckPasswordAsync(Http, Input.Email, Input.Password, LocalAddress.Of(ReturnUrl), _confirming))
        {
            case SignInOutcome.Passed:
                Navigation.NavigateTo(PortalUrls.SignInFactor);
                break;
            case SignInOutcome.TooOften:
                Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                _error = "Too many attempts from this address. Wait a minute, then try again.";
                break;
            default:
                Http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                _error = "That did not work. Check the address and the password. After ten wrong attempts, a member is locked for 30 minutes.";
                break;
        }
    }

    /// <summary>The fields of the form.</summary>
    internal sealed class SignInInput
    {
        /// <summary>The e-mail address.</summary>
        public string? Email { get; set; }

        /// <summary>The password.</summary>
        public string? Password { get; set; }
    }
}
