using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Authentication.SigningIn;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>The first step of signing in: address and password. A plain page: nothing of it goes through a circuit.</summary>
public sealed partial class SignInPage
{
    private SignedInMember? _confirming;
    private string? _error;

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Where the member wanted to go.</summary>
    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    /// <summary>Whether a member who is signed in is to prove that it is still them.</summary>
    [SupplyParameterFromQuery]
    public bool Confirm { get; set; }

    /// <summary>Signs in.</summary>
    [Inject]
    internal SignInService Service { get; init; } = null!;

    /// <summary>Who is signed in already.</summary>
    [Inject]
    public required ICurrentMember Current { get; init; }

    /// <summary>Goes on.</summary>
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
        }
    }

    private async Task SubmitAsync()
    {
        switch (await Service.CheckPasswordAsync(Http, Input.Email, Input.Password, LocalAddress.Of(ReturnUrl), _confirming))
        {
            case SignInOutcome.Passed:
                Navigation.NavigateTo(PortalUrls.SignInFactor);
                break;
            case SignInOutcome.TooOften:
                Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                _error = "Too many tries from this address. Wait a minute, and try again.";
                break;
            default:
                Http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                _error = "That did not work. Check the address and the password. After ten wrong tries a member is locked for 30 minutes.";
                break;
        }
    }

    /// <summary>What is typed.</summary>
    internal sealed class SignInInput
    {
        /// <summary>The address.</summary>
        public string? Email { get; set; }

        /// <summary>The password.</summary>
        public string? Password { get; set; }
    }
}
