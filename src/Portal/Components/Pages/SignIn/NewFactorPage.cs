using Dojo.Pci.Portal.Authentication.SigningIn;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>A page that adds a second factor in a ceremony: an authenticator app, or a passkey if they work at the page's address.</summary>
public abstract class NewFactorPage : ComponentBase
{
    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Navigates to other pages.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    internal Ceremonies Ceremonies { get; init; } = null!;

    [Inject]
    internal Passkeys Passkeys { get; init; } = null!;

    [SupplyParameterFromForm]
    private protected NewFactorInput Input { get; set; } = null!;

    private protected Ceremony? Ceremony { get; set; }

    /// <summary>The options that the browser needs to create a passkey; null if passkeys do not work.</summary>
    protected string? PasskeyOptions { get; set; }

    /// <summary>Why the factor was refused.</summary>
    protected string? Error { get; private set; }

    /// <inheritdoc />
    protected override void OnInitialized() => Input ??= new NewFactorInput();

    /// <summary>Offers a passkey, if they work at this address.</summary>
    protected async Task OfferPasskeyAsync() => PasskeyOptions = Passkeys.WorkAt(Http) ? await Passkeys.BeginMakingAsync(Http, Ceremony!) : null;

    /// <summary>Shows why a factor was refused, and offers the factors again.</summary>
    protected async Task RefuseAsync(string error)
    {
        Http.Response.StatusCode = StatusCodes.Status400BadRequest;
        Error = error;
        await OfferPasskeyAsync();
        await Ceremonies.SaveAsync(Http, Ceremony!);
    }
}
