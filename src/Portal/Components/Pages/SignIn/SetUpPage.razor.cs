using Dojo.Pci.Portal.Authentication.SigningIn;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>
/// The first step of a set-up: the holder of a link gives a name and an address and chooses a password. Opening the link exchanges its secret for a
/// ceremony, so that the secret is in no address that a proxy could record. It does not use the link up, because mail scanners may open it too.
/// </summary>
public sealed partial class SetUpPage
{
    private Ceremony? _ceremony;
    private MemberLink? _link;
    private bool _isWorthless;
    private string _accountName = "";
    private IReadOnlyList<FieldError> _faults = [];

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>The secret of a link that was created by an earlier version, which put it into the query.</summary>
    [SupplyParameterFromQuery]
    public string? Token { get; set; }

    /// <summary>Navigates to other pages.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>Provides the account's name.</summary>
    [Inject]
    public required IAccountStore Accounts { get; init; }

    [Inject]
    internal SetUpService Service { get; init; } = null!;

    [Inject]
    internal Ceremonies Ceremonies { get; init; } = null!;

    [SupplyParameterFromForm(FormName = "set-up")]
    private SetUpInput Input { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "open-link")]
    private LinkInput Opened { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Input ??= new SetUpInput();
        Opened ??= new LinkInput();
        if (Token is not null)
        {
            await FollowAsync(Token);
            return;
        }

        _ceremony = await Ceremonies.FindAsync(Http, CeremonyPurpose.Link, CeremonyPurpose.SetUp);
        _link = _ceremony is null ? null : await Service.FindLinkAsync(_ceremony.Link, Http.RequestAborted);
        if (_link is not null)
        {
            _accountName = await Accounts.GetNameAsync(_link.Account, Http.RequestAborted);
        }
        else if (Opened.Link is null && HttpMethods.IsPost(Http.Request.Method))
        {
            // The ceremony ended before the form was submitted.
            Navigation.NavigateTo(PortalUrls.SetUp);
        }
        else if (_ceremony is not null && Opened.Link is null)
        {
            RefuseLink();
        }
    }

    private Task FollowAsync() => FollowAsync(Opened.Link);

    private async Task FollowAsync(string? link)
    {
        if (await Service.TryFollowAsync(Http, link))
        {
            Navigation.NavigateTo(PortalUrls.SetUp);
        }
        else
        {
            RefuseLink();
        }
    }

    private void RefuseLink()
    {
        (_link, _isWorthless) = (null, true);
        Http.Response.StatusCode = StatusCodes.Status410Gone;
    }

    private async Task SubmitAsync()
    {
        if (_link is null)
        {
            return;
        }

        _faults = await Service.BeginAsync(Http, _ceremony!.Link!, _link, Input.Name, Input.Email, Input.Password);
        if (_faults.Count == 0)
        {
            Navigation.NavigateTo(PortalUrls.SetUpFactor);
        }
        else
        {
            Http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    /// <summary>The fields of the form.</summary>
    internal sealed class SetUpInput
    {
        /// <summary>The name.</summary>
        public string? Name { get; set; }

        /// <summary>The e-mail address.</summary>
        public string? Email { get; set; }

        /// <summary>The password.</summary>
        public string? Password { get; set; }
    }

    /// <summary>The field that the visitor or the browser's script fills in.</summary>
    internal sealed class LinkInput
    {
        /// <summary>The link, or its secret alone.</summary>
        public string? Link { get; set; }
    }
}
