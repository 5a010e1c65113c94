using Dojo.Pci.Portal.Authentication.SigningIn;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>The first step of becoming a member: whoever holds a link says who he is and chooses a password.</summary>
public sealed partial class SetUpPage
{
    private MemberLink? _link;
    private string _accountName = "";
    private IReadOnlyList<FieldError> _faults = [];

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>The secret of the link.</summary>
    [SupplyParameterFromQuery]
    public string? Token { get; set; }

    /// <summary>Goes on.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>What the account is called.</summary>
    [Inject]
    public required IAccountStore Accounts { get; init; }

    [Inject]
    internal SetUpService Service { get; init; } = null!;

    [SupplyParameterFromForm(FormName = "set-up")]
    private SetUpInput Input { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Input ??= new SetUpInput();
        _link = await Service.FindLinkAsync(Token, Http.RequestAborted);
        if (_link is null)
        {
            Http.Response.StatusCode = StatusCodes.Status410Gone;
        }
        else
        {
            _accountName = await Accounts.GetNameAsync(_link.Account, Http.RequestAborted);
        }
    }

    private async Task SubmitAsync()
    {
        if (_link is null)
        {
            return;
        }

        _faults = await Service.BeginAsync(Http, Token!, _link, Input.Name, Input.Email, Input.Password);
        if (_faults.Count == 0)
        {
            Navigation.NavigateTo(PortalUrls.SetUpFactor);
        }
        else
        {
            Http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    /// <summary>What is typed.</summary>
    internal sealed class SetUpInput
    {
        /// <summary>The name.</summary>
        public string? Name { get; set; }

        /// <summary>The address.</summary>
        public string? Email { get; set; }

        /// <summary>The password.</summary>
        public string? Password { get; set; }
    }
}
