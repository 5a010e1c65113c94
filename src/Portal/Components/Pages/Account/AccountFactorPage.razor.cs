using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Authentication.SigningIn;
using Dojo.Pci.Portal.Components.Pages.SignIn;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Account;

/// <summary>Adds a second factor to a member, or replaces the app. For one who has just proved that it is them.</summary>
public sealed partial class AccountFactorPage
{
    private SignedInMember _who = null!;
    private Ceremony? _ceremony;
    private string? _passkeyOptions;
    private string? _error;

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Who is there.</summary>
    [Inject]
    public required ICurrentMember Current { get; init; }

    /// <summary>Goes on.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    internal AccountService Service { get; init; } = null!;

    [Inject]
    internal Ceremonies Ceremonies { get; init; } = null!;

    [Inject]
    internal Passkeys Passkeys { get; init; } = null!;

    [SupplyParameterFromForm]
    private NewFactorInput Input { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Input ??= new NewFactorInput();
        _who = await Current.FindAsync() ?? throw new InvalidOperationException("The page was opened without a session.");
        if (!Service.IsConfirmed(_who))
        {
            Navigation.NavigateTo(PortalUrls.SignInFor(PortalUrls.AccountFactor, confirm: true));
        }
        else if (HttpMethods.IsGet(Http.Request.Method))
        {
            _ceremony = AccountService.NewFactor(await Service.GetAsync(_who, Http.RequestAborted), _who);
            await OfferPasskeyAsync(_ceremony);
            await Ceremonies.BeginAsync(Http, _ceremony);
        }
        else if (await Ceremonies.FindAsync(Http, CeremonyPurpose.Factor) is { } ceremony && ceremony.Session == _who.Session.Value)
        {
            _ceremony = ceremony;
            _passkeyOptions = ceremony.OfferedPasskey;
        }
        else
        {
            Navigation.NavigateTo(PortalUrls.AccountFactor);
        }
    }

    private async Task UseCodeAsync() => await ShowAsync(
        await Service.TrySetTotpAsync(Http, _who, _ceremony!, Input.Code),
        Service.ClockErrorOf(_ceremony!, Input.Code)?.Advice ?? "That is not the code. It changes every 30 seconds.");

    private async Task UsePasskeyAsync() => await ShowAsync(
        await Service.TryAddPasskeyAsync(Http, _who, _ceremony!, Input.Credential), "The passkey was not accepted, or you have as many as you may have.");

    private async Task ShowAsync(bool succeeded, string error)
    {
        if (succeeded)
        {
            Navigation.NavigateTo($"{PortalUrls.Account}?done=factor");
            return;
        }

        Http.Response.StatusCode = StatusCodes.Status400BadRequest;
        _error = error;
        await OfferPasskeyAsync(_ceremony!);
        await Ceremonies.SaveAsync(Http, _ceremony!);
    }

    private async Task OfferPasskeyAsync(Ceremony ceremony) => _passkeyOptions = Passkeys.WorkAt(Http) ? await Passkeys.BeginMakingAsync(Http, ceremony) : null;
}
