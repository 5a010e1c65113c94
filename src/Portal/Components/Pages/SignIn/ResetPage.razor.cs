using Dojo.Pci.Portal.Authentication.SigningIn;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.SignIn;

/// <summary>
/// The first step of a reset: the member who holds the link chooses a new password. The second step is that of a set-up. As in a set-up,
/// opening the link exchanges its secret for a ceremony and does not use the link up.
/// </summary>
public sealed partial class ResetPage
{
    private Ceremony? _ceremony;
    private Member? _member;
    private bool _isWorthless;
    private IReadOnlyList<FieldError> _faults = [];

    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Navigates to other pages.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    internal ResetService Service { get; init; } = null!;

    [Inject]
    internal Ceremonies Ceremonies { get; init; } = null!;

    [SupplyParameterFromForm(FormName = "reset")]
    private ResetInput Input { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "open-link")]
    private SetUpPage.LinkInput Opened { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Http.Response.Headers.CacheControl = "no-store";
        Input ??= new ResetInput();
        Opened ??= new SetUpPage.LinkInput();
        _ceremony = await Ceremonies.FindAsync(Http, CeremonyPurpose.ResetLink, CeremonyPurpose.Reset);
        _member = _ceremony is null ? null : await Service.FindMemberAsync(_ceremony.Link, Http.RequestAborted);
        if (_member is not null || Opened.Link is not null)
        {
            return;
        }

        if (HttpMethods.IsPost(Http.Request.Method))
        {
            // The ceremony ended before the form was submitted.
            Navigation.NavigateTo(PortalUrls.Reset);
        }
        else if (_ceremony is not null)
        {
            RefuseLink();
        }
    }

    private async Task FollowAsync()
    {
        if (await Service.TryFollowAsync(Http, Opened.Link))
        {
            Navigation.NavigateTo(PortalUrls.Reset);
        }
        else
        {
            RefuseLink();
        }
    }

    private void RefuseLink()
    {
        (_member, _isWorthless) = (null, true);
        Http.Response.StatusCode = StatusCodes.Status410Gone;
    }

    private async Task SubmitAsync()
    {
        if (_member is null)
        {
            return;
        }

        _faults = await Service.BeginAsync(Http, _ceremony!.Link!, _member, Input.Password);
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
    internal sealed class ResetInput
    {
        /// <summary>The new password.</summary>
        public string? Password { get; set; }
    }
}
