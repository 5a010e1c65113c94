using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Authentication.SigningIn;
using Dojo.Pci.Portal.Components.Pages.SignIn;
using Dojo.Pci.Tokenization.Access;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Account;

/// <summary>Adds a second factor to a member, or replaces the authenticator app. Requires that the member has just confirmed their identity.</summary>
public sealed partial class AccountFactorPage
{
    private SignedInMember _who = null!;

    /// <summary>Finds the signed-in member.</summary>
    [Inject]
    public required ICurrentMember Current { get; init; }

    [Inject]
    internal AccountService Service { get; init; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _who = await Current.FindAsync() ?? throw new InvalidOperationException("The page was opened without a session.");
        if (!Service.IsConfirmed(_who))
        {
            Navigation.NavigateTo(PortalUrls.SignInFor(PortalUrls.AccountFactor, confirm: true));
        }
        else if (HttpMethods.IsGet(Http.Request.Method))
        {
            Ceremony = AccountService.NewFactor(await Service.GetAsync(_who, Http.RequestAborted), _who);
            await OfferPasskeyAsync();
            await Ceremonies.BeginAsync(Http, Ceremony);
        }
        else if (await Ceremonies.FindAsync(Http, CeremonyPurpose.Factor) is { } ceremony && ceremony.Session == _who.Session.Value)
        {
            Ceremony = ceremony;
            PasskeyOptions = ceremony.OfferedPasskey;
        }
        else
        {
            Navigation.NavigateTo(PortalUrls.AccountFactor);
        }
    }

    private async Task UseCodeAsync() => await ShowAsync(
        await Service.TrySetTotpAsync(Http, _who, Ceremony!, Input.Code),
        Service.ClockErrorOf(Ceremony!, Input.Code)?.Advice ?? "That code is wrong. It changes every 30 seconds.");

    private async Task UsePasskeyAsync() => await ShowAsync(
        await Service.TryAddPasskeyAsync(Http, _who, Ceremony!, Input.Credential), "The passkey was not accepted, or you already have the maximum number of passkeys.");

    private async Task ShowAsync(bool succeeded, string error)
    {
        if (succeeded)
        {
            Navigation.NavigateTo($"{PortalUrls.Account}?done=factor");
            return;
        }

        await RefuseAsync(error);
    }
}
