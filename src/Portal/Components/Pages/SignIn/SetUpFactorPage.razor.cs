using Dojo.Pci.Portal.Authentication.SigningIn;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>The second step of becoming a member, or of a reset. When it is done the member has both factors, and a session has begun.</summary>
public sealed partial class SetUpFactorPage
{
    private Ceremony? _ceremony;
    private string? _passkeyOptions;
    private string? _error;
    private IReadOnlyList<string>? _codes;

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Goes on.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    internal SetUpService Service { get; init; } = null!;

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
        _ceremony = await Ceremonies.FindAsync(Http, CeremonyPurpose.SetUp, CeremonyPurpose.Reset);
        if (_ceremony is null)
        {
            Navigation.NavigateTo(PortalUrls.SignIn);
        }
        else if (HttpMethods.IsGet(Http.Request.Method))
        {
            await OfferPasskeyAsync(_ceremony);
        }
        else
        {
            _passkeyOptions = _ceremony.OfferedPasskey;
        }
    }

    private async Task UseCodeAsync() => await ShowAsync(
        await Service.FinishWithCodeAsync(Http, _ceremony!, Input.Code),
        Service.ClockErrorOf(_ceremony!, Input.Code)?.Advice ?? "That is not the code. It changes every 30 seconds. If it goes on, open your link again.");

    private async Task UsePasskeyAsync() =>
        await ShowAsync(await Service.FinishWithPasskeyAsync(Http, _ceremony!, Input.Credential), "The passkey was not accepted. Try again, or open your link again.");

    private async Task ShowAsync(IReadOnlyList<string>? codes, string error)
    {
        _codes = codes;
        if (codes is null)
        {
            Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            _error = error;
            await OfferPasskeyAsync(_ceremony!);
        }
    }

    private async Task OfferPasskeyAsync(Ceremony ceremony)
    {
        if (Passkeys.WorkAt(Http))
        {
            _passkeyOptions = await Passkeys.BeginMakingAsync(Http, ceremony);
            await Ceremonies.SaveAsync(Http, ceremony);
        }
    }
}
