using Dojo.Pci.Portal.Authentication.SigningIn;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>The second step of a set-up or a reset. After it the member has both factors and a session.</summary>
public sealed partial class SetUpFactorPage
{
    private IReadOnlyList<string>? _codes;

    [Inject]
    internal SetUpService Service { get; init; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Ceremony = await Ceremonies.FindAsync(Http, CeremonyPurpose.SetUp, CeremonyPurpose.Reset);
        if (Ceremony is null)
        {
            Navigation.NavigateTo(PortalUrls.SignIn);
        }
        else if (HttpMethods.IsGet(Http.Request.Method))
        {
            await OfferPasskeyAsync();
            if (PasskeyOptions is not null)
            {
                await Ceremonies.SaveAsync(Http, Ceremony);
            }
        }
        else
        {
            PasskeyOptions = Ceremony.OfferedPasskey;
        }
    }

    private async Task UseCodeAsync() => await ShowAsync(
        await Service.FinishWithCodeAsync(Http, Ceremony!, Input.Code),
        Service.ClockErrorOf(Ceremony!, Input.Code)?.Advice ?? "That code is wrong. It changes every 30 seconds. If it keeps happening, open your link again.");

    private async Task UsePasskeyAsync() =>
        await ShowAsync(await Service.FinishWithPasskeyAsync(Http, Ceremony!, Input.Credential), "The passkey was not accepted. Try again, or open your link again.");

    private async Task ShowAsync(IReadOnlyList<string>? codes, string error)
    {
        _codes = codes;
        if (codes is null)
        {
            await RefuseAsync(error);
        }
    }
}
