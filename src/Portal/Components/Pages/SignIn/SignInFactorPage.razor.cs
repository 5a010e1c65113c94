using Dojo.Pci.Portal.Authentication.SigningIn;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>The second step of signing in. A visitor who has not passed the first step is sent back to it.</summary>
public sealed partial class SignInFactorPage
{
    private Ceremony? _ceremony;
    private Member? _member;
    private string? _passkeyOptions;
    private string? _error;

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Navigates to other pages.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    internal SignInService Service { get; init; } = null!;

    [Inject]
    internal Ceremonies Ceremonies { get; init; } = null!;

    [Inject]
    internal Passkeys Passkeys { get; init; } = null!;

    [Inject]
    internal IMemberStore Members { get; init; } = null!;

    [SupplyParameterFromForm]
    private FactorInput Input { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Input ??= new FactorInput();
        _ceremony = await Ceremonies.FindAsync(Http, CeremonyPurpose.SignIn, CeremonyPurpose.Confirm);
        _member = _ceremony is null ? null : await Service.FindMemberAsync(_ceremony, Http.RequestAborted);
        if (_member is null)
        {
            Navigation.NavigateTo(PortalUrls.SignIn);
        }
        else if (HttpMethods.IsGet(Http.Request.Method))
        {
            await OfferPasskeyAsync(_ceremony!, _member);
        }
        else
        {
            _passkeyOptions = _ceremony!.OfferedPasskey;
        }
    }

    private async Task SubmitAsync(SecondFactor factor)
    {
        var shown = factor switch
        {
            SecondFactor.Code => Input.Code,
            SecondFactor.Passkey => Input.Credential,
            _ => Input.RecoveryCode,
        };
        var result = await Service.CheckFactorAsync(Http, _ceremony!, factor, shown);
        switch (result.Outcome)
        {
            case SignInOutcome.Passed:
                Navigation.NavigateTo(_ceremony!.ReturnUrl);
                break;
            case SignInOutcome.TooOften:
                Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                _error = "Too many attempts from this address. Wait a minute, then try again.";
                break;
            default:
                Http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                _error = result.ClockError?.Advice ?? "That did not work. A code works only once: wait for the next one. After ten wrong attempts, a member is locked for 30 minutes.";
                await OfferPasskeyAsync(_ceremony!, _member!);
                break;
        }
    }

    // Each offer has a new challenge.
    private async Task OfferPasskeyAsync(Ceremony ceremony, Member member)
    {
        if (Passkeys.WorkAt(Http) && (await Members.ListPasskeysAsync(member.Id, Http.RequestAborted)).Count > 0)
        {
            _passkeyOptions = await Passkeys.BeginUsingAsync(Http, ceremony, member);
            await Ceremonies.SaveAsync(Http, ceremony);
        }
    }

    /// <summary>The second factor that the member presents; one of the fields is set.</summary>
    internal sealed class FactorInput
    {
        /// <summary>The code of an authenticator app.</summary>
        public string? Code { get; set; }

        /// <summary>What a passkey signed, as JSON.</summary>
        public string? Credential { get; set; }

        /// <summary>A recovery code.</summary>
        public string? RecoveryCode { get; set; }
    }
}
