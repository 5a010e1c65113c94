using Dojo.Pci.Portal.Authentication.SigningIn;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>A page that adds a second factor in a ceremony: an authenticator app, or where the browser has them a passkey.</summary>
public abstract class NewFactorPage : ComponentBase
{
    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Goes on.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    internal Ceremonies Ceremonies { get; init; } = null!;

    [Inject]
    internal Passkeys Passkeys { get; init; } = null!;

    [SupplyParameterFromForm]
    private protected NewFactorInput Input { get; set; } = null!;

    private protected Ceremony? Ceremony { get; set; }

    /// <summary>What the browser is asked for to make a passkey; null where there are none.</summary>
    protected string? PasskeyOptions { get; set; }

    /// <summary>Why the factor was refused.</summary>
    protected string? Error { get; private set; }

    /// <inheritdoc />
    protected override void OnInitialized() => Input ??= new NewFactorInput();

    /// <summary>Offers a passkey, where they work at this address.</summary>
    protected async Task OfferPasskeyAsync() => PasskeyOptions = Passkeys.WorkAt(Http) ? await Passkeys.BeginMakingAsync(Http, Ceremony!) : null;

    /// <summary>Offers anew what was refused.</summary>
    protected async Task RefuseAsync(string error)
    {
        Http.Response.StatusCode = StatusCodes.Status400BadRequest;
        Error = error;
        await OfferPasskeyAsync();
        await Ceremonies.SaveAsync(Http, Ceremony!);
    }
}
